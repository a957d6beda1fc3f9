// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// How far a picture's forms are from the photograph's: mean (F - Fc)^2 / mean Fc^2 of a layer's
/// activations, mean over `layers`; relative to the photograph's own energy. Source: Gatys, Ecker,
/// Bethge, CVPR 2016, eq. 1; the division is ours. A content guide's weights multiply the squared
/// differences and not the energy, so that where it is 1 it pulls as much as without. The
/// photograph's activations are kept, in scratch memory where they are large.
[[nodiscard]] std::unique_ptr<LayerTerm> content_term(TiledPass& pass, const Scene& scene,
                                                      const std::vector<std::string>& layers);

}  // namespace atelier::style
