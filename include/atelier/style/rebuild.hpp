// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>

#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// What one layer knows of a painting's texture: noise that is changed until the layer's statistics
/// are the painting's.
///
/// Source: Gatys, Ecker, Bethge, "Texture Synthesis Using Convolutional Neural Networks", NIPS
/// 2015. Differs: one layer alone, not all up to it; the statistics and their distance are those of
/// options.loss; three sizes from coarse to fine, since forms of a deep layer that is begun at its
/// full size stay small. `style` is taken at its size, each edge >= 64 px; the result is `size` px
/// square. Of the options only network, loss, seed and machine count.
///
/// Throws Error as stylize().
[[nodiscard]] image::Image rebuild_texture(const nets::FeatureNet& net, const image::Image& style,
                                           int size, const std::string& layer,
                                           const StylizeOptions& options,
                                           std::stop_token stop = {});

/// What one layer knows of a photograph: noise that is changed until the layer shows what it shows
/// of the photograph.
///
/// Source: Mahendran, Vedaldi, "Understanding Deep Image Representations by Inverting Them", CVPR
/// 2015; as figure 1 of Gatys, Ecker, Bethge, CVPR 2016. Minimises content + 0.005 * tv at one
/// size, that of the content. Differs: theirs has further priors and gradient descent with
/// momentum.
///
/// Throws Error as stylize().
[[nodiscard]] image::Image rebuild_content(const nets::FeatureNet& net, const image::Image& content,
                                           const std::string& layer, const StylizeOptions& options,
                                           std::stop_token stop = {});

}  // namespace atelier::style
