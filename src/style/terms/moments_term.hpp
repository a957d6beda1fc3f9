// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// How far a picture's texture is from the styles': a StyleLoss of each layer's moments, mean over
/// `layers`, styles by their weights. The picture counts through sums over positions alone.
/// `loss`: a name that style_loss() knows.
[[nodiscard]] std::unique_ptr<LayerTerm> moments_term(TiledPass& pass, const Scene& scene,
                                                      std::string_view loss,
                                                      const std::vector<std::string>& layers);

}  // namespace atelier::style
