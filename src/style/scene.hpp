// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "style/tiled_pass.hpp"

namespace atelier::style {

/// Where something counts: a weight in 0..1 for every position.
struct Guide {
  at::Tensor picture;                        ///< 1 x 1 x H x W; undefined: 1 everywhere
  std::map<std::string, at::Tensor> layers;  ///< 1 x 1 x h x w: as each layer's positions see them
  double share = 1;                          ///< mean weight

  /// Of a layer; undefined: 1 everywhere.
  [[nodiscard]] at::Tensor of(const std::string& layer) const;
  /// Of what a tile shows of that layer's core.
  [[nodiscard]] at::Tensor of(const std::string& layer, const TiledPass::View& view) const;
};

/// Styles that count in the same places, by their weights, which sum to 1 within a region.
struct StyleRegion {
  Guide guide;
  std::vector<std::pair<std::size_t, double>> styles;  ///< place in Scene::styles, weight
};

/// What is painted from, at one scale.
struct Scene {
  at::Tensor content;              ///< 1 x 3 x H x W
  std::vector<at::Tensor> styles;  ///< 1 x 3 x any size
  std::vector<StyleRegion> regions;
  Guide content_guide{};  ///< where the photograph's structure counts
  at::Tensor moved{};     ///< the last frame's painting, 1 x 3 x H x W; undefined: none
  at::Tensor trust{};     ///< how far each pixel of it counts, 1 x 1 x H x W
};

/// The regions of styles that count everywhere, by their blend weights (empty: alike).
[[nodiscard]] std::vector<StyleRegion> one_region(std::size_t styles,
                                                  const std::vector<double>& blend);

}  // namespace atelier::style
