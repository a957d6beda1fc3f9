// SPDX-License-Identifier: Apache-2.0
// From R'G'B' in 0..1 to an encoder's whole numbers.
extern "C" {
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "film/colour.hpp"

namespace atelier::film {
namespace {

std::uint8_t rounded(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

/// A row of Y' in 0..1, Cb and Cr in -0.5..0.5, `width` long: the last pixel again beyond the
/// picture.
struct Row {
  std::vector<float> y, cb, cr;

  void read(const image::Image& picture, int row, int width) {
    const Luma luma = luma_of(AVCOL_SPC_BT709);
    const auto kr = static_cast<float>(luma.r), kg = static_cast<float>(luma.g()),
               kb = static_cast<float>(luma.b);
    y.resize(width), cb.resize(width), cr.resize(width);
    const std::size_t line =
        static_cast<std::size_t>(std::min(row, picture.height - 1)) * picture.width;
    for (int x = 0; x < width; ++x) {
      const std::size_t pixel = line + std::min(x, picture.width - 1);
      const float* rgb = picture.rgb.data() + pixel * 3;
      const float cover =
          picture.alpha.empty() ? 1.0F : std::clamp(picture.alpha[pixel], 0.0F, 1.0F);
      const auto on_white = [&](float value) {
        return std::clamp(value, 0.0F, 1.0F) * cover + (1 - cover);
      };
      const float r = on_white(rgb[0]), g = on_white(rgb[1]), b = on_white(rgb[2]);
      y[x] = kr * r + kg * g + kb * b;
      cb[x] = (b - y[x]) / (2 * (1 - kb));
      cr[x] = (r - y[x]) / (2 * (1 - kr));
    }
  }
};

void write_luma(const std::vector<float>& row, std::uint8_t* out) {
  std::transform(row.begin(), row.end(), out, [](float v) { return rounded(16 + 219 * v); });
}

void write_chroma(const std::vector<float>& row, std::uint8_t* out) {
  std::transform(row.begin(), row.end(), out, [](float v) { return rounded(128 + 224 * v); });
}

/// The mean of two rows, (1 2 1)/4 about every second pixel.
void write_half_chroma(const std::vector<float>& first, const std::vector<float>& second,
                       std::uint8_t* out) {
  const int width = static_cast<int>(first.size());
  const auto at = [&](int x) {
    x = std::clamp(x, 0, width - 1);
    return (first[x] + second[x]) / 2;
  };
  for (int x = 0; x < width; x += 2) {
    *out++ = rounded(128 + 224 * (at(x - 1) + 2 * at(x) + at(x + 1)) / 4);
  }
}

}  // namespace

void to_ycbcr(const image::Image& picture, AVFrame& frame) {
  const auto plane = [&](int p, int y) {
    return frame.data[p] + static_cast<std::ptrdiff_t>(y) * frame.linesize[p];
  };
  Row row, next;
  if (frame.format == AV_PIX_FMT_YUV444P) {
    for (int y = 0; y < frame.height; ++y) {
      row.read(picture, y, frame.width);
      write_luma(row.y, plane(0, y));
      write_chroma(row.cb, plane(1, y));
      write_chroma(row.cr, plane(2, y));
    }
    return;
  }
  assert(frame.format == AV_PIX_FMT_YUV420P);
  for (int y = 0; y < frame.height; y += 2) {
    row.read(picture, y, frame.width);
    next.read(picture, y + 1, frame.width);
    write_luma(row.y, plane(0, y));
    if (y + 1 < frame.height) write_luma(next.y, plane(0, y + 1));
    write_half_chroma(row.cb, next.cb, plane(1, y / 2));
    write_half_chroma(row.cr, next.cr, plane(2, y / 2));
  }
}

void to_rgb(const image::Image& picture, AVFrame& frame) {
  const bool deep = frame.format == AV_PIX_FMT_GBRP16LE || frame.format == AV_PIX_FMT_GBRAP16LE;
  const float top = deep ? 65535 : 255;
  const auto whole = [&](float v) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * top));
  };
  const bool alpha = frame.format == AV_PIX_FMT_BGRA || frame.format == AV_PIX_FMT_GBRAP16LE;
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) {
      const std::size_t pixel = static_cast<std::size_t>(y) * picture.width + x;
      const float* rgb = picture.rgb.data() + pixel * 3;
      const float cover =
          picture.alpha.empty() ? 1.0F : std::clamp(picture.alpha[pixel], 0.0F, 1.0F);
      std::uint16_t values[4];  // in the order of planes: G, B, R, A
      for (int c = 0; c < 3; ++c) {
        const float value = std::clamp(rgb[(c + 1) % 3], 0.0F, 1.0F);
        values[c] = whole(alpha ? value : value * cover + (1 - cover));
      }
      values[3] = whole(cover);
      if (deep) {
        for (int p = 0; p < (alpha ? 4 : 3); ++p) {
          std::uint8_t* out =
              frame.data[p] + static_cast<std::ptrdiff_t>(y) * frame.linesize[p] + x * 2;
          out[0] = static_cast<std::uint8_t>(values[p] & 0xff);
          out[1] = static_cast<std::uint8_t>(values[p] >> 8);
        }
      } else {
        std::uint8_t* out =
            frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0] + x * 4;
        out[0] = static_cast<std::uint8_t>(values[1]);
        out[1] = static_cast<std::uint8_t>(values[0]);
        out[2] = static_cast<std::uint8_t>(values[2]);
        out[3] = static_cast<std::uint8_t>(alpha ? values[3] : 255);
      }
    }
  }
}

}  // namespace atelier::film
