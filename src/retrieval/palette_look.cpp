// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/image/file.hpp"
#include "atelier/image/oklab.hpp"
#include "atelier/retrieval/looks.hpp"

namespace atelier::retrieval {
namespace {

constexpr int long_edge = 96;  // px
constexpr std::array<int, 3> bins{6, 8, 8};
constexpr double reach = 0.28;  // of a and b: what lies beyond counts as there

/// The bin below a place of 0..1 and how far the place is towards the next.
struct Between {
  int below;
  double towards;
};

Between between(double place, int count) {
  const double at = std::clamp(place, 0.0, 1.0) * (count - 1);
  const int below = std::min(static_cast<int>(at), count - 2);
  return {below, at - below};
}

}  // namespace

std::vector<float> palette_look(const image::Image& picture) {
  const image::Image small =
      image::resize(picture, image::fit_long_edge({picture.width, picture.height}, long_edge));
  std::vector<double> shares(static_cast<std::size_t>(bins[0] * bins[1] * bins[2]));
  for (std::size_t p = 0; p < small.pixels(); ++p) {
    const float* rgb = &small.rgb[3 * p];
    const image::Oklab colour = image::oklab_from_srgb({rgb[0], rgb[1], rgb[2]});
    const std::array<Between, 3> at{between(colour.L, bins[0]),
                                    between((colour.a + reach) / (2 * reach), bins[1]),
                                    between((colour.b + reach) / (2 * reach), bins[2])};
    const double weight = small.alpha.empty() ? 1 : small.alpha[p];
    for (int corner = 0; corner < 8; ++corner) {
      double share = weight;
      int bin = 0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const int up = (corner >> axis) & 1;
        share *= up ? at[axis].towards : 1 - at[axis].towards;
        bin = bin * bins[axis] + at[axis].below + up;
      }
      shares[static_cast<std::size_t>(bin)] += share;
    }
  }
  std::vector<float> roots(shares.size());
  std::transform(shares.begin(), shares.end(), roots.begin(),
                 [](double share) { return static_cast<float>(std::sqrt(share)); });
  return roots;
}

}  // namespace atelier::retrieval
