// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::image {

/// CIE 1976 L*a*b* under D65 (2 degrees): L in 0..100.
struct CieLab {
  double L = 0, a = 0, b = 0;
};
[[nodiscard]] CieLab cielab_from_srgb(const Rgb& rgb);

/// CIEDE2000 with all parametric factors 1.
///
/// Source: Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes,
/// Supplementary Test Data, and Mathematical Observations", Color Research and Application 30,
/// 2005.
[[nodiscard]] double ciede2000(const CieLab& x, const CieLab& y);

/// Its part of chroma and hue: the same formula with the difference of lightness taken as none.
[[nodiscard]] double ciede2000_chroma(const CieLab& x, const CieLab& y);

/// How far a picture's hues and chroma are from another's, lightness aside: means over the pixels.
struct ChromaError {
  double oklab = 0;      ///< of chroma_difference(): 100 |(a, b) - (a', b')|
  double ciede2000 = 0;  ///< of ciede2000_chroma()
};

/// Pixels that `reference` covers by alpha count by it. Throws Error invalid_argument when sizes
/// differ.
[[nodiscard]] ChromaError chroma_error(const Image& picture, const Image& reference);

}  // namespace atelier::image
