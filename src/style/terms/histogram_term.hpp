// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// HistogramLoss (style/losses/histogram.hpp) of each layer, mean over `layers`; regions by their
/// share, styles by their weights.
[[nodiscard]] std::unique_ptr<LayerTerm> histogram_term(TiledPass& pass, const Scene& scene,
                                                        const std::vector<std::string>& layers);

}  // namespace atelier::style
