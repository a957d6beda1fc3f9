// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// The normalised terms of any picture against a content and a style, by whichever program it was
/// made. Zero is identity; formulas stand in docs/how-it-works.md.
struct Score {
  double content = 0;  ///< mean (F - Fc)^2 / mean Fc^2 at relu4_2
  double gram = 0;     ///< |G - Gs|^2 / |Gs|^2, mean over the style layers
  double wasserstein =
      0;          ///< squared 2-Wasserstein distance of Gaussians, over the style's second moment
  double tv = 0;  ///< total variation of the result
  std::vector<std::string> style_layers;
  std::vector<double> gram_by_layer, wasserstein_by_layer;
};

/// All three pictures at the size they shall be compared at; content and result of one size.
/// Exact: eigenvalues in double, no smoothing. With a mask, of the result's size, only what lies
/// within it counts: statistics of the result are weighted as each layer sees the mask, as while
/// painting; content and its energy, and differences of neighbours, by their places' weights. The
/// style is taken whole. Throws Error invalid_argument when sizes do not fit, or the mask is empty.
[[nodiscard]] Score score(const nets::FeatureNet& net, const image::Image& content,
                          const image::Image& style, const image::Image& result,
                          const std::optional<image::Mask>& mask = {});

}  // namespace atelier::style
