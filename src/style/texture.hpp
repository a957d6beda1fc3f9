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

/// Repaints the styles so, when there is a texture, which is gone then. `options` have their layers
/// by name.
void take_texture(const nets::FeatureNet& net, StylizePictures& pictures,
                  const StylizeOptions& options, const std::stop_token& stop);

}  // namespace atelier::style
