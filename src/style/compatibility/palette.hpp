// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/style/compatibility.hpp"

namespace atelier::style {

/// A picture's colours without their places, in Oklab (Ottosson, "A perceptual color space for
/// image processing", 2020), times 100.
class Palette {
 public:
  explicit Palette(const image::Image& picture);

  /// How `painting` differs from this. The distance is the sliced 2-Wasserstein distance (Rabin et
  /// al., "Wasserstein barycenter and its application to texture mixing", SSVM 2011): colours are
  /// seen along each of 32 directions, spread evenly over a half sphere, where the distance is that
  /// of sorted values; the root mean square of the 32, times sqrt 3, so that a shift of all
  /// colours by one vector has its length. Differs: fixed directions, and 256 quantiles.
  [[nodiscard]] PaletteDifference to(const Palette& painting) const;

 private:
  static constexpr int directions = 32, quantiles = 256;
  std::array<std::array<double, quantiles>, directions> along_{};  ///< sorted
  double lightness_ = 0, warmth_ = 0, chroma_ = 0;                 ///< means
};

/// L, a, b of an sRGB-encoded colour in 0..1.
[[nodiscard]] std::array<double, 3> oklab(double red, double green, double blue);

}  // namespace atelier::style
