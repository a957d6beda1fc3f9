// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::gan {

/// How adversaries are told how well they did, of what a discriminator's parts say.
enum class Loss {
  hinge,        ///< Lim, Ye, "Geometric GAN", 2017; for projected discriminators
  logarithmic,  ///< non-saturating; Goodfellow et al., "Generative adversarial nets", 2014
};

/// The discriminator's: small when it tells pictures from painted ones. Scalar.
[[nodiscard]] at::Tensor critic_loss(Loss loss, const std::vector<at::Tensor>& of_pictures,
                                     const std::vector<at::Tensor>& of_painted);

/// The generator's: small when its pictures are taken for pictures. Scalar.
[[nodiscard]] at::Tensor painter_loss(Loss loss, const std::vector<at::Tensor>& of_painted);

}  // namespace atelier::gan
