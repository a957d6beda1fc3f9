// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

namespace atelier::image {

/// A colour as people see it: lightness L in 0..1 and, at right angles, a (green to red) and b
/// (blue to yellow), for sRGB within about -0.4..0.4. Chroma is the length of (a, b), hue its
/// angle. A step of 0.01 is about one difference that can just be told, so differences are given
/// times 100.
///
/// Source: Ottosson, "A perceptual color space for image processing", 2020 (matrices of 2021).
/// Differs: the ways back are exact inverses of the two matrices instead of their printed ten
/// digits, so that a colour comes back to 1e-14.
struct Oklab {
  double L = 0, a = 0, b = 0;
};

/// sRGB-encoded values (IEC 61966-2-1). Negative values are mirrored: f(-x) = -f(x).
using Rgb = std::array<double, 3>;

/// Light of an sRGB-encoded value, and the other way. 0..1 to 0..1.
[[nodiscard]] double linear_from_srgb(double value);
[[nodiscard]] double srgb_from_linear(double light);

[[nodiscard]] Oklab oklab_from_srgb(const Rgb& rgb);

/// Outside 0..1 where the colour is not one that sRGB has.
[[nodiscard]] Rgb srgb_from_oklab(const Oklab& colour);

/// 100 |(a, b) - (a', b')|: how far two colours differ in hue and chroma together, lightness aside.
[[nodiscard]] double chroma_difference(const Oklab& x, const Oklab& y);

/// Angle between two hues, 0..180 degrees; 0 where either colour is grey (chroma under 1e-6).
[[nodiscard]] double hue_difference(const Oklab& x, const Oklab& y);

/// The nearest colour of sRGB with the same lightness (cut to 0..1) and hue: chroma is lowered as
/// far as it must be, and not changed where the colour is within 1e-9 of light.
///
/// On the way from grey, (L, t a, t b), each channel's light is a cubic of t. The border is found
/// where the first of them leaves 0..1, by halving, to 2e-10 of the chroma.
[[nodiscard]] Oklab in_gamut(const Oklab& colour);

/// in_gamut() as sRGB, each value in 0..1.
[[nodiscard]] Rgb srgb_in_gamut(const Oklab& colour);

/// For rows of pixels, R, G and B in turn: what follows changes each pixel by itself.

/// Each pixel's chroma becomes `share` (0..1) of itself; at 0, R = G = B, of the same lightness.
void fade_chroma(std::span<float> rgb, double share);

/// Adds `share` times the a and b of `colours` to `painted`, whose lightness stays; what sRGB has
/// not is brought in by in_gamut(). Both have the same length.
void add_chroma(std::span<float> painted, std::span<const float> colours, double share);

}  // namespace atelier::image
