// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "image/colour.hpp"
#include "image/orientation.hpp"
#include "image/resample.hpp"
#include "image/source.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

double pixels(Size size) {
  return static_cast<double>(size.width) * size.height;
}

/// Refuses what is too small, or does not fit into memory, before any pixel is decoded.
void check_plan(const Source& source, Size planned, const LoadOptions& options) {
  const std::string name = source.path.string();
  const Size seen = source.info.size;
  if (std::min(planned.width, planned.height) < options.min_edge) {
    const bool resized = planned != source.stored;
    fail(ErrorKind::bad_input,
         "{} has {} x {} px{}; each edge must be at least {} px, so choose a larger {}.", name,
         seen.width, seen.height,
         resized ? fmt::format(" and would have a short edge of {} px after resizing",
                               std::min(planned.width, planned.height))
                 : "",
         options.min_edge, resized ? "size or a picture that is less elongated" : "picture");
  }
  if (pixels(planned) > max_pixels_in_memory) {
    fail(ErrorKind::bad_input,
         "{} would have {} x {} px in memory, more than {:.0f} million pixels; ask for a smaller "
         "size.",
         name, planned.width, planned.height, max_pixels_in_memory / 1e6);
  }
  if (source.in_one_piece && pixels(source.stored) > max_pixels_in_memory) {
    fail(ErrorKind::bad_input,
         "{} has {} x {} px and is stored interlaced or progressively, so that it cannot be made "
         "smaller "
         "while it is read; save it again without.",
         name, seen.width, seen.height);
  }
  const int channels = source.info.alpha ? 4 : 3;
  const double copies = source.orientation > 1 ? 2 : 1;
  const double needed = pixels(planned) * channels * sizeof(float) * copies +
                        (source.in_one_piece ? pixels(source.stored) * channels * 2 : 0);
  const auto available = static_cast<double>(available_memory_bytes());
  if (needed > available) {
    fail(ErrorKind::out_of_memory,
         "{} needs {:.1f} GB of memory to open and {:.1f} GB are free; ask for a smaller size.",
         name, needed / 1e9, available / 1e9);
  }
}

/// Takes the rows that libvips decodes, in order, from its writing thread.
class Collector {
 public:
  Collector(const vips::VImage& from, Image& to)
      : to_(to),
        scale_(from.format() == VIPS_FORMAT_UCHAR ? 1.0F / 255 : 1.0F / 65535),
        wide_(from.format() != VIPS_FORMAT_UCHAR),
        channels_(from.bands()),
        width_(from.width()) {
    assert(channels_ == (to.alpha.empty() ? 3 : 4));
    const Size size{from.width(), from.height()};
    if (size != Size{to.width, to.height}) resampler_.emplace(size, to);
    row_.resize(static_cast<std::size_t>(width_) * channels_);
  }

  void collect(VipsImage* image) {
    const int result = vips_sink_disc(image, &Collector::take, this);
    if (failure_) std::rethrow_exception(failure_);
    if (result != 0) throw vips::VError();
  }

 private:
  static int take(VipsRegion* region, VipsRect* area, void* self) {
    auto& collector = *static_cast<Collector*>(self);
    try {
      for (int y = area->top; y < area->top + area->height; ++y) {
        collector.take_row(VIPS_REGION_ADDR(region, 0, y), y);
      }
      return 0;
    } catch (...) {  // must not cross libvips; thrown again in collect()
      collector.failure_ = std::current_exception();
      return -1;
    }
  }

  void take_row(const void* data, int y) {
    if (wide_) {
      convert(static_cast<const std::uint16_t*>(data));
    } else {
      convert(static_cast<const std::uint8_t*>(data));
    }
    if (resampler_) {
      resampler_->push(row_.data());
      return;
    }
    const std::size_t start = static_cast<std::size_t>(y) * width_;
    if (channels_ == 3) {
      std::copy(row_.begin(), row_.end(), to_.rgb.data() + start * 3);
      return;
    }
    const float* in = row_.data();
    for (std::size_t i = start; i < start + width_; ++i, in += 4) {
      std::copy_n(in, 3, to_.rgb.data() + i * 3);
      to_.alpha[i] = in[3];
    }
  }

  template <class T>
  void convert(const T* data) {
    std::transform(data, data + row_.size(), row_.begin(),
                   [scale = scale_](T value) { return static_cast<float>(value) * scale; });
  }

  Image& to_;
  float scale_;
  bool wide_;
  int channels_, width_;
  std::vector<float> row_;
  std::optional<RowResampler> resampler_;
  std::exception_ptr failure_;
};

/// How much JPEG's decoder may make the picture smaller itself: at least twice the asked size must
/// be left, so that Lanczos decides what is seen.
int jpeg_shrink(const Source& source, Size planned) {
  if (source.format != Format::jpeg) return 1;
  const double ratio = static_cast<double>(std::max(source.stored.width, source.stored.height)) /
                       std::max(planned.width, planned.height);
  return ratio >= 16 ? 8 : ratio >= 8 ? 4 : ratio >= 4 ? 2 : 1;
}

Image decode_to(const Source& source, Size planned, bool strict) {
  const vips::VImage stored = decode(source, jpeg_shrink(source, planned), strict);
  const vips::VImage srgb = to_srgb(stored, channels_of(stored, source.path));
  Image image = blank(planned, source.info.alpha, source.info.bits);
  Collector(srgb, image).collect(srgb.get_image());
  return image;
}

/// Warnings of JPEG's decoder that leave every pixel as it was meant.
bool is_harmless(const std::string& warning) {
  return warning.find("extraneous bytes") != std::string::npos ||
         warning.find("Corrupt") == std::string::npos;
}

/// libjpeg fills what it cannot read with grey and only warns, so a first pass takes warnings for
/// errors; files whose warning is harmless get a second one.
Image decode_checked(const Source& source, Size planned) {
  std::string reason;
  for (const bool strict : {true, false}) {
    try {
      return decode_to(source, planned, strict);
    } catch (const vips::VError&) {
      reason = take_vips_reason();
      if (source.format != Format::jpeg || !is_harmless(reason)) break;
    }
  }
  fail_damaged(source.path, reason);
}

}  // namespace

Image load(const std::filesystem::path& path, const LoadOptions& options) {
  if (options.long_edge < 0 || options.min_edge < 0) {
    fail(ErrorKind::invalid_argument, "long_edge ({}) and min_edge ({}) must be 0 px or more.",
         options.long_edge, options.min_edge);
  }
  const Source source = open_source(path);
  const Size planned =
      options.long_edge ? fit_long_edge(source.stored, options.long_edge) : source.stored;
  check_plan(source, planned, options);
  try {
    return oriented(decode_checked(source, planned), source.orientation);
  } catch (const std::bad_alloc&) {
    fail(ErrorKind::out_of_memory,
         "{} does not fit into memory at {} x {} px; ask for a smaller size.", path.string(),
         planned.width, planned.height);
  }
}

}  // namespace atelier::image
