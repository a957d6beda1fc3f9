// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// SelfSimilarity (style/losses/self_similarity.hpp) of the hypercolumns of at most 1024 cells,
/// against the photograph's: keeps forms and lets colours and textures go.
[[nodiscard]] std::unique_ptr<LayerTerm> self_similarity_term(
    TiledPass& pass, const Scene& scene, const std::vector<std::string>& layers);

}  // namespace atelier::style
