// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::film {

/// The colours of a GIF, chosen from all of its frames, and what stands for each pixel.
///
/// Source: Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982 (median
/// cut), then Lloyd's k-means; ordered dithering by Bayer's matrix ("An optimum method for
/// two-level rendition of continuous-tone pictures", ICC 1973). Differs: the box with the largest
/// sum of squared errors is cut, at its mean, across the axis that varies most; errors are weighted
/// 2 : 4 : 3 for R, G, B; the threshold moves all three channels alike, by the mean distance
/// between neighbouring colours. What stands still gets the same pattern in every frame: error
/// diffusion would flicker.
class PaletteMaker {
 public:
  PaletteMaker();
  /// Counts a frame's opaque pixels (coverage of at least a half).
  void see(const image::Image& picture);

  using Colour = std::array<float, 3>;  ///< R, G, B in 0..1
  [[nodiscard]] std::vector<Colour> colours(int count) const;

 private:
  struct Bin {
    double count = 0, r = 0, g = 0, b = 0;
  };
  std::vector<Bin> bins_;  ///< 64 x 64 x 64, by R, G, B
};

class Palette {
 public:
  static constexpr int transparent = 255;  ///< the index of no colour

  explicit Palette(std::vector<PaletteMaker::Colour> colours);

  [[nodiscard]] const std::vector<PaletteMaker::Colour>& colours() const noexcept {
    return colours_;
  }
  /// 8 bits a channel, as 0xAARRGGBB; 256 entries, the last one transparent.
  [[nodiscard]] std::array<std::uint32_t, 256> entries() const;
  /// The index of each pixel of a row.
  void map_row(const image::Image& picture, int y, std::uint8_t* out);

 private:
  [[nodiscard]] std::uint8_t nearest(float r, float g, float b);

  std::vector<PaletteMaker::Colour> colours_;
  float spread_ = 0;
  std::vector<std::int16_t> cache_;  ///< nearest colour of 64 x 64 x 64 places, or -1
};

}  // namespace atelier::film
