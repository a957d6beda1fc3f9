// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/gan/painter.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::gan {

/// How a picture is looked for. Ranges and help stand in invert_option_table().
struct InvertOptions {
  int steps = 200;
  int seeds = 64;
  double step_size = 0.1;
  double stay = 0.02;
};
[[nodiscard]] const OptionTable<InvertOptions>& invert_option_table();

/// What was found, and how far it is off.
struct Inverted {
  Latent latent;
  double pixel_error = 0;    ///< root mean square, 0..1
  double feature_error = 0;  ///< of VGG-19's layers: |x - y|^2 / |y|^2 in their mean; 0: the same
  int steps = 0;             ///< taken
};

/// Looks for the latent whose picture is most like `picture`: from the best of some seeds on by
/// Adam over the styles of all levels, on pixels and on what VGG-19 sees, with a pull to where
/// styles usually lie, without which the latent could not be moved and mixed.
///
/// Source: Abdal, Qin, Wonka, "Image2StyleGAN", ICCV 2019; the pull: Zhu et al., "Improved StyleGAN
/// embedding", 2020. `picture`: square, of the painter's size. `vgg`: VGG-19. Throws Error
/// invalid_argument for a picture of another size. Stopped, what was found so far is returned.
[[nodiscard]] Inverted invert(const Painter& painter, const nets::FeatureNet& vgg,
                              const image::Image& picture, const InvertOptions& options = {},
                              const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::gan
