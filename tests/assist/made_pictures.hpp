// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "atelier/assist/scene.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::assist::test {

/// One colour everywhere.
[[nodiscard]] image::Image flat(image::Size size, const image::Rgb& rgb);

/// A rectangle (px) of another colour put onto it.
void put(image::Image& picture, const Box& px, const image::Rgb& rgb);

/// A disc, its border smooth.
void put_disc(image::Image& picture, double x, double y, double radius, const image::Rgb& rgb);

/// The same noise for a seed, of this deviation, cut to 0..1.
void add_noise(image::Image& picture, double deviation, std::uint64_t seed);

/// Sky above sea: an edge `softness` px wide that rises by `degrees` to the right and passes at
/// `height` (0..1) in the middle.
[[nodiscard]] image::Image sea(image::Size size, double degrees, double height,
                               double softness = 1);

/// Pieces of the line that sea() has, as a detector would find them: with gaps, and each turned by
/// up to `error` degrees.
[[nodiscard]] std::vector<Edge> pieces(image::Size size, double degrees, double height,
                                       double error);

/// 1 in a box, which its cells' borders hold exactly, and 0 elsewhere.
[[nodiscard]] image::Mask map_with(image::Size size, const Box& box);

[[nodiscard]] image::Image mirrored(const image::Image& picture);

}  // namespace atelier::assist::test
