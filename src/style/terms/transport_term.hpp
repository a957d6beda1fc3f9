// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "style/losses/relaxed_transport.hpp"
#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// How far the picture's hypercolumns (style/terms/cells.hpp) are from the styles' by relaxed
/// transport with cosine costs; regions by their share, styles by their weights. Layers are scaled
/// to count alike in the styles. Sides::picture centres both sides by their own means first, as
/// Kolkin et al. 2022 do: what is matched is the form of a texture, and its level is left to the
/// moments.
[[nodiscard]] std::unique_ptr<LayerTerm> transport_term(TiledPass& pass, const Scene& scene,
                                                        Sides sides,
                                                        const std::vector<std::string>& layers);

}  // namespace atelier::style
