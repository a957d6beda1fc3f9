// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::gan {

/// Which changes are made to pictures before a discriminator sees them.
struct Changes {
  bool colour = true;  ///< brightness, saturation, contrast
  bool shift = true;   ///< by up to an eighth of the size, grey beyond
  bool cutout = true;  ///< a square of half the size is grey

  /// Of "colour,shift,cutout", any of them, or "none". Throws Error invalid_argument.
  [[nodiscard]] static Changes named(const std::string& names);
};

/// Changes pictures of the collection and painted ones by chance alike, so that a discriminator
/// cannot learn a small collection by heart, and the generator, through which the gradient goes,
/// does not paint the changes.
///
/// Source: Zhao et al., "Differentiable augmentation for data-efficient GAN training", NeurIPS
/// 2020. `rgb`: N x 3 x H x W, 0..1; `chances`: one stream for each picture. Differentiable with
/// respect to it.
[[nodiscard]] at::Tensor changed(const at::Tensor& rgb, const Changes& changes,
                                 std::vector<RandomStream> chances);

}  // namespace atelier::gan
