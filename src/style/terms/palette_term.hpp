// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// How far the picture's colours are from the styles', by relaxed transport both ways with squared
/// Euclidean costs, between means over small cells in opponent axes of sRGB values (lightness,
/// yellow to blue, red to green; Ruderman, Cronin, Chiao 1998, orthonormal); regions by their
/// share, styles by their weights.
///
/// Source: Kolkin, Salavon, Shakhnarovich, CVPR 2019, section 2.3. Differs: the cost is squared and
/// relative to the style's own spread.
[[nodiscard]] std::unique_ptr<PictureTerm> palette_term(const Scene& scene);

}  // namespace atelier::style
