// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/palette/palette.hpp"

namespace atelier::palette {

inline constexpr int working_edge = 512;  ///< px, long edge at which a picture is looked at
inline constexpr int max_found = 64;      ///< colours that can be asked for

/// The colours of a picture, by share of its area.
///
/// 1. The picture is looked at with a long edge of `working_edge` at most, each pixel counting by
///    its coverage; noise is smoothed within areas, and edges witness for little (field.hpp).
/// 2. Colours are counted on a grid of Oklab (its lightness as even.hpp has it), and the peaks of
///    that density are found which stand out from the passes between them (Chazal, Guibas, Oudot,
///    Skraba, "Persistence-based clustering in Riemannian manifolds", JACM 60, 2013): areas of one
///    colour each are a peak, however small, once they are 0.15 % of the picture.
/// 3. Peaks as broad as modelling and gradients make them are divided along their longest axis.
/// 4. Without `count`, parts that look alike are joined again, and so are, where more than twelve
///    are left, those whose difference matters least: sqrt(w w' / (w + w')) d, so that a small
///    accent far from all others outlasts a large area's second shade. With `count`, exactly so
///    many are left; fewer where the picture has no more.
///
/// A colour is a local mean about the densest place of its part. Deterministic. Names are given.
///
/// `count`: 0 (found by itself) or 1..max_found. Empty for a picture of which nothing is covered.
/// Throws Error invalid_argument for another count.
[[nodiscard]] Palette extract(const image::Image& picture, int count = 0);

}  // namespace atelier::palette
