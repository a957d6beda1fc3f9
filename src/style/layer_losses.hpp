// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "atelier/style/inspection.hpp"
#include "atelier/style/options.hpp"
#include "style/scene.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

/// The losses of `rgb` by an objective that has one layer and one term alone, for each. `pass` as
/// for the Objective of these options. Where layers count one by one, a term's loss is their mean.
[[nodiscard]] LayerLosses layer_losses(TiledPass& pass, const StylizeOptions& options,
                                       const Scene& scene, const at::Tensor& rgb);

}  // namespace atelier::style
