// SPDX-License-Identifier: Apache-2.0
#include "style/scene.hpp"

#include <numeric>
#include <utility>

namespace atelier::style {

at::Tensor Guide::of(const std::string& layer) const {
  return picture.defined() ? layers.at(layer) : at::Tensor();
}

at::Tensor Guide::of(const std::string& layer, const TiledPass::View& view) const {
  return picture.defined() ? part_of(layers.at(layer), view.place) : at::Tensor();
}

std::vector<StyleRegion> one_region(std::size_t styles, const std::vector<double>& blend) {
  StyleRegion region;
  const double whole = blend.empty() ? static_cast<double>(styles)
                                     : std::accumulate(blend.begin(), blend.end(), 0.0);
  for (std::size_t i = 0; i < styles; ++i) {
    const double weight = blend.empty() ? 1.0 : blend[i];
    if (weight > 0) region.styles.emplace_back(i, weight / whole);
  }
  std::vector<StyleRegion> regions;
  regions.push_back(std::move(region));
  return regions;
}

}  // namespace atelier::style
