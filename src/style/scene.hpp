// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace atelier::style {

/// Where something counts: a weight in 0..1 for every position.
struct Guide {
  at::Tensor picture;                        ///< 1 x 1 x H x W; undefined: 1 everywhere
  std::map<std::string, at::Tensor> layers;  ///< 1 x 1 x h x w: as each layer's positions see them
  double share = 1;                          ///< mean weight
};

/// Styles that count in the same places, by their weights; those of all regions sum to 1.
struct StyleRegion {
  Guide guide;
  std::vector<std::pair<std::size_t, double>> styles;  ///< place in Scene::styles, weight
};

/// What is painted from, at one scale.
struct Scene {
  at::Tensor content;              ///< 1 x 3 x H x W
  std::vector<at::Tensor> styles;  ///< 1 x 3 x any size
  std::vector<StyleRegion> regions;
};

/// The regions of styles that count everywhere, by their blend weights (empty: alike).
[[nodiscard]] std::vector<StyleRegion> one_region(std::size_t styles,
                                                  const std::vector<double>& blend);

}  // namespace atelier::style
