// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/strips.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::fast {
namespace {

constexpr int auto_columns = 768;  // px
constexpr int most_rows = 768, least_rows = 128;
constexpr double window_pixels = 24e6;  // that a strip and its halo may have

int on_grid(int length) {
  return std::max(grid_edge, length / grid_edge * grid_edge);
}

void check_stop(const std::stop_token& stop) {
  if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted; no picture was written.");
}

image::Image blank(int width, int height, bool alpha, int bits) {
  image::Image picture;
  picture.width = width;
  picture.height = height;
  picture.bits = bits;
  picture.rgb.resize(picture.pixels() * 3);
  if (alpha) picture.alpha.resize(picture.pixels());
  return picture;
}

/// Copies `width` times `height` values of `channels` each.
void copy(const std::vector<float>& from, int from_width, int x, int y, std::vector<float>& to,
          int to_width, int to_x, int to_y, int width, int height, int channels) {
  for (int i = 0; i < height; ++i) {
    const auto at = [&](int row, int row_width, int column) {
      return (static_cast<std::size_t>(row) * row_width + column) * channels;
    };
    std::copy_n(from.data() + at(y + i, from_width, x), static_cast<std::size_t>(width) * channels,
                to.data() + at(to_y + i, to_width, to_x));
  }
}

/// The rows of a picture that a strip sees.
class Window {
 public:
  explicit Window(image::RowReader& from)
      : from_(from), rows_(blank(from.size().width, 0, from.alpha(), from.bits())) {}

  /// Moves on to rows `begin` to `end`; never back.
  void move(int begin, int end) {
    const auto drop = [&](std::vector<float>& values, std::size_t channels) {
      const std::size_t count = static_cast<std::size_t>(begin - begin_) * rows_.width * channels;
      values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
    };
    const int held = rows_.height - (begin - begin_);
    drop(rows_.rgb, 3);
    if (!rows_.alpha.empty()) drop(rows_.alpha, 1);
    begin_ = begin;
    rows_.height = end - begin;
    rows_.rgb.resize(rows_.pixels() * 3);
    if (from_.alpha()) rows_.alpha.resize(rows_.pixels());
    from_.read(rows_, held, rows_.height - held);
  }

  /// All rows of columns `begin` to `end`.
  [[nodiscard]] image::Image columns(int begin, int end) const {
    const bool alpha = !rows_.alpha.empty();
    image::Image part = blank(end - begin, rows_.height, alpha, rows_.bits);
    copy(rows_.rgb, rows_.width, begin, 0, part.rgb, part.width, 0, 0, part.width, part.height, 3);
    if (alpha) {
      copy(rows_.alpha, rows_.width, begin, 0, part.alpha, part.width, 0, 0, part.width,
           part.height, 1);
    }
    return part;
  }

 private:
  image::RowReader& from_;
  image::Image rows_;
  int begin_ = 0;
};

}  // namespace

Strips strips_for(const style::StylizeOptions& options, image::Size size, int halo) {
  if (options.tile > 0) {
    const int tile = (options.tile + grid_edge - 1) / grid_edge * grid_edge;
    return {tile, tile};
  }
  const int fitting = static_cast<int>(window_pixels / size.width) - 2 * halo;
  return {on_grid(std::clamp(fitting, least_rows, most_rows)), auto_columns};
}

double strips_memory(const style::StylizeOptions& options, image::Size size, bool alpha) {
  constexpr int halo = 128;
  const Strips strips = strips_for(options, size, halo);
  const auto seen = [&](int edge, int length) {
    return static_cast<double>(std::min(edge + 2 * halo, length));
  };
  const double window = seen(strips.rows, size.height) * size.width;
  const double strip = static_cast<double>(std::min(strips.rows, size.height)) * size.width;
  const int channels = alpha ? 4 : 3;
  // The strip as it is painted, and as whole numbers of two bytes three times on its way out.
  const double rows = channels * (window * sizeof(float) + strip * (sizeof(float) + 3 * 2));
  return rows + tile_memory(options, size,
                            seen(strips.rows, size.height) * seen(strips.columns, size.width));
}

image::Image read_whole(image::RowReader& picture, const std::stop_token& stop) {
  const image::Size size = picture.size(), seen = whole_size(size);
  image::RowResizer resizer(size, seen, picture.alpha(), picture.bits());
  constexpr int rows_at_once = 64;
  image::Image rows;
  for (int y = 0; y < size.height; y += rows_at_once) {
    check_stop(stop);
    const int count = std::min(rows_at_once, size.height - y);
    if (rows.height != count) rows = blank(size.width, count, picture.alpha(), picture.bits());
    picture.read(rows, 0, count);
    resizer.add(rows);
  }
  return resizer.finish();
}

void paint_strips(const Look& look, const style::StylizeOptions& options, image::RowReader& from,
                  image::RowWriter& to, const OnStrip& on_strip, const std::stop_token& stop) {
  const image::Size size = from.size();
  const int halo = look.halo();
  const Strips strips = strips_for(options, size, halo);
  Window window(from);
  for (int begin = 0, done = 0; begin < size.height; begin += strips.rows) {
    const int end = std::min(size.height, begin + strips.rows);
    const int top = std::max(0, begin - halo);
    window.move(top, std::min(size.height, end + halo));
    image::Image strip = blank(size.width, end - begin, from.alpha(), from.bits());
    for (int left = 0; left < size.width; left += strips.columns) {
      check_stop(stop);
      const int right = std::min(size.width, left + strips.columns);
      const int first = std::max(0, left - halo);
      const image::Image part =
          paint_part(look, window.columns(first, std::min(size.width, right + halo)), options, 0,
                     Place{top, first});
      copy(part.rgb, part.width, left - first, begin - top, strip.rgb, strip.width, left, 0,
           right - left, strip.height, 3);
      if (!strip.alpha.empty()) {
        copy(part.alpha, part.width, left - first, begin - top, strip.alpha, strip.width, left, 0,
             right - left, strip.height, 1);
      }
    }
    to.write(strip);
    if (on_strip) on_strip(++done);
  }
}

}  // namespace atelier::fast
