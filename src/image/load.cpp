// SPDX-License-Identifier: Apache-2.0
#include <cassert>
#include <exception>
#include <new>
#include <optional>
#include <string>

#include "atelier/base/error.hpp"
#include "image/colour.hpp"
#include "image/load_plan.hpp"
#include "image/orientation.hpp"
#include "image/resample.hpp"
#include "image/source.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

double pixels(Size size) {
  return static_cast<double>(size.width) * size.height;
}

/// Refuses what does not fit into memory, before any pixel is decoded.
void check_plan(const Source& source, Size planned) {
  if (pixels(planned) > max_pixels_in_memory) {
    fail(ErrorKind::bad_input,
         "{} would have {} x {} px in memory, more than {:.0f} million pixels; ask for a smaller "
         "size.",
         source.path.string(), planned.width, planned.height, max_pixels_in_memory / 1e6);
  }
  const double copies = source.orientation > 1 ? 2 : 1;
  check_memory(source, pixels(planned) * (source.info.alpha ? 4 : 3) * sizeof(float) * copies +
                           decoder_bytes(source));
}

/// Takes the rows that libvips decodes, in order, from its writing thread.
class Collector {
 public:
  Collector(const vips::VImage& from, Image& to)
      : to_(to), wide_(from.format() != VIPS_FORMAT_UCHAR) {
    const int channels = from.bands();
    assert(channels == (to.alpha.empty() ? 3 : 4));
    const Size size{from.width(), from.height()}, asked{to.width, to.height};
    if (size != asked) {
      resampler_.emplace(size, asked, channels,
                         [this](const float* row) { store_row(to_, filled_++, row); });
    }
    row_.resize(static_cast<std::size_t>(size.width) * channels);
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
    to_unit(data, wide_, row_.size(), row_.data());
    if (resampler_) {
      resampler_->push(row_.data());
    } else {
      store_row(to_, y, row_.data());
    }
  }

  Image& to_;
  bool wide_;
  int filled_ = 0;
  std::vector<float> row_;
  std::optional<RowResampler> resampler_;
  std::exception_ptr failure_;
};

Image decode_to(const Source& source, Size planned, bool strict) {
  const vips::VImage stored = decode(source, jpeg_shrink(source, planned), strict);
  const vips::VImage srgb = to_srgb(stored, channels_of(stored, source.path));
  Image image = blank(planned, source.info.alpha, source.info.bits);
  Collector(srgb, image).collect(srgb.get_image());
  return image;
}

/// Files whose warning is harmless are decoded a second time, without minding it.
Image decode_checked(const Source& source, Size planned) {
  std::string reason;
  for (const bool strict : {true, false}) {
    try {
      return decode_to(source, planned, strict);
    } catch (const vips::VError&) {
      reason = take_vips_reason();
      if (!is_harmless(source, reason)) break;
    }
  }
  fail_damaged(source.path, reason);
}

}  // namespace

Image load(const std::filesystem::path& path, const LoadOptions& options) {
  const Source source = open_source(path);
  const Size planned = planned_size(source, options);
  check_plan(source, planned);
  try {
    return oriented(decode_checked(source, planned), source.orientation);
  } catch (const std::bad_alloc&) {
    fail(ErrorKind::out_of_memory,
         "{} does not fit into memory at {} x {} px; ask for a smaller size.", path.string(),
         planned.width, planned.height);
  }
}

}  // namespace atelier::image
