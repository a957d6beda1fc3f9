// SPDX-License-Identifier: Apache-2.0
#include "palette/even.hpp"

#include <cmath>

namespace atelier::palette {

Even even(const image::Oklab& colour) {
  constexpr double k1 = 0.206, k2 = 0.03, k3 = (1 + k1) / (1 + k2);
  if (colour.L <= 0) return {0, 0, 0};
  const double straight = k3 * colour.L - k1;
  const double lightness = (straight + std::sqrt(straight * straight + 4 * k2 * k3 * colour.L)) / 2;
  const double shrink = lightness / colour.L;
  return {static_cast<float>(lightness), static_cast<float>(shrink * colour.a),
          static_cast<float>(shrink * colour.b)};
}

Even even_from_srgb(const image::Rgb& rgb) {
  return even(image::oklab_from_srgb(rgb));
}

}  // namespace atelier::palette
