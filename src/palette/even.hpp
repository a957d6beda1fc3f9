// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "atelier/image/oklab.hpp"

namespace atelier::palette {

/// Oklab with steps that look alike in the dark as well: lightness, a and b. Oklab's cube roots
/// have no bound to their slope at black, so that the noise of a black area would spread as far as
/// colours that differ. Distances are about those of Oklab elsewhere.
///
/// Source: the toe of Ottosson, "Okhsv and Okhsl", 2021, which brings Oklab's lightness to CIE L*,
///   Lr = (k3 L - k1 + sqrt((k3 L - k1)^2 + 4 k2 k3 L)) / 2, k1 = 0.206, k2 = 0.03,
///   k3 = (1 + k1) / (1 + k2).
/// Differs: a and b shrink with the lightness, by Lr / L.
using Even = std::array<float, 3>;

[[nodiscard]] Even even(const image::Oklab& colour);
[[nodiscard]] Even even_from_srgb(const image::Rgb& rgb);

[[nodiscard]] inline float squared_distance(const Even& x, const Even& y) {
  const float l = x[0] - y[0], a = x[1] - y[1], b = x[2] - y[2];
  return l * l + a * a + b * b;
}

}  // namespace atelier::palette
