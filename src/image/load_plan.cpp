// SPDX-License-Identifier: Apache-2.0
#include "image/load_plan.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"

namespace atelier::image {
namespace {

double pixels(Size size) {
  return static_cast<double>(size.width) * size.height;
}

template <class T>
void scaled(const T* stored, float scale, std::size_t count, float* values) {
  std::transform(stored, stored + count, values,
                 [scale](T value) { return static_cast<float>(value) * scale; });
}

}  // namespace

Size planned_size(const Source& source, const LoadOptions& options) {
  if (options.long_edge < 0 || options.min_edge < 0) {
    fail(ErrorKind::invalid_argument, "long_edge ({}) and min_edge ({}) must be 0 px or more.",
         options.long_edge, options.min_edge);
  }
  const Size planned =
      options.long_edge ? fit_long_edge(source.stored, options.long_edge) : source.stored;
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
  if (source.in_one_piece && pixels(source.stored) > max_pixels_in_memory) {
    fail(ErrorKind::bad_input,
         "{} has {} x {} px and is stored interlaced or progressively, so that it cannot be read "
         "row by row; save it again without.",
         name, seen.width, seen.height);
  }
  return planned;
}

double decoder_bytes(const Source& source) {
  return source.in_one_piece ? pixels(source.stored) * (source.info.alpha ? 4 : 3) * 2 : 0;
}

void check_memory(const Source& source, double bytes) {
  const auto available = static_cast<double>(available_memory_bytes());
  if (bytes <= available) return;
  fail(ErrorKind::out_of_memory,
       "{} needs {:.1f} GB of memory to open and {:.1f} GB are free; ask for a smaller size.",
       source.path.string(), bytes / 1e9, available / 1e9);
}

int jpeg_shrink(const Source& source, Size planned) {
  if (source.format != Format::jpeg) return 1;
  const double ratio = static_cast<double>(std::max(source.stored.width, source.stored.height)) /
                       std::max(planned.width, planned.height);
  return ratio >= 16 ? 8 : ratio >= 8 ? 4 : ratio >= 4 ? 2 : 1;
}

bool is_harmless(const Source& source, const std::string& warning) {
  return source.format == Format::jpeg && (warning.find("extraneous bytes") != std::string::npos ||
                                           warning.find("Corrupt") == std::string::npos);
}

void to_unit(const void* stored, bool wide, std::size_t count, float* values) {
  if (wide) {
    scaled(static_cast<const std::uint16_t*>(stored), 1.0F / 65535, count, values);
  } else {
    scaled(static_cast<const std::uint8_t*>(stored), 1.0F / 255, count, values);
  }
}

}  // namespace atelier::image
