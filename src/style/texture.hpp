// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/style/stylize.hpp"

namespace atelier::style {

/// How a style is repainted with another picture's fine texture before it is used: the two finest
/// style layers alone pull, from the style itself and without a content term, at one size. What is
/// coarser than those layers see stays where it is, since nothing pulls at it.
///
/// Source: Gatys, Ecker, Bethge, Hertzmann, Shechtman, "Controlling Perceptual Factors in Neural
/// Style Transfer", CVPR 2017, section 6. Everything else is as for the painting itself: backbone,
/// optimiser, seed, tiles, engine; the loss too where it compares moments, else wasserstein.
[[nodiscard]] StylizeOptions texture_options(const StylizeOptions& options);

/// What such a run is made from. Takes the style, and its alpha is dropped.
[[nodiscard]] StylizePictures textured(image::Image& style, const image::Image& texture);

}  // namespace atelier::style
