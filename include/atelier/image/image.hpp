// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace atelier::image {

/// A picture in memory: H x W pixels, top row first, sRGB-encoded (IEC 61966-2-1) values in 0..1.
struct Image {
  int width = 0;           ///< px
  int height = 0;          ///< px
  std::vector<float> rgb;  ///< interleaved R, G, B: height * width * 3
  std::vector<float>
      alpha;     ///< coverage in 0..1, not premultiplied: height * width, or empty when opaque
  int bits = 8;  ///< bits a channel of the file it came from: 8 or 16; what saving uses by default

  [[nodiscard]] std::size_t pixels() const noexcept {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
};

/// Width and height whose longer edge is `long_edge` px and whose ratio is kept within a pixel of
/// rounding.
struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};
[[nodiscard]] Size fit_long_edge(Size from, int long_edge);

}  // namespace atelier::image
