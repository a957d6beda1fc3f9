// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/saliency.hpp"

#include <algorithm>
#include <cmath>

#include "assist/raw_saliency.hpp"

namespace atelier::assist {
namespace {

constexpr double power = 1.5;
constexpr int radius = 1;  // px

}  // namespace

image::Mask saliency(const image::Image& picture) {
  const image::Image small = at_long_edge(picture, saliency_edge);
  const RawSaliency raw = raw_saliency(oklab_planes(small));
  const Plane smooth = box_mean(raw.map, radius);
  image::Mask result;
  result.width = smooth.width;
  result.height = smooth.height;
  for (std::size_t i = 0; i < smooth.values.size(); ++i) {
    // A mean by differences of sums may come out below 0 by rounding.
    const double cover = small.alpha.empty() ? 1 : small.alpha[i];
    result.values.push_back(static_cast<float>(
        raw.clearness * std::pow(std::max(smooth.values[i], 0.0), power) * cover));
  }
  return result;
}

}  // namespace atelier::assist
