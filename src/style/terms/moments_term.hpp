// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// How several styles of a region are mixed.
enum class Blend {
  losses,      ///< the weighted sum of the distances to each
  statistics,  ///< the distance to one target between them: blended_moments()
};

/// How far a picture's texture is from the styles': a StyleLoss of each layer's moments, mean over
/// `layers`, styles by their weights. The picture counts through sums over positions alone.
///
/// Each region has moments of its own, of positions by its guide's weights as the layer sees them,
/// and counts by its share of the layer's positions (their mean weight). A position of weight w in
/// a layer of n positions is then pulled by w / n times its own derivative, whatever its region's
/// area: halves of a picture feel as the whole does.
///
/// `loss`: a name that style_loss() knows.
[[nodiscard]] std::unique_ptr<LayerTerm> moments_term(TiledPass& pass, const Scene& scene,
                                                      std::string_view loss, Blend blend,
                                                      const std::vector<std::string>& layers);

}  // namespace atelier::style
