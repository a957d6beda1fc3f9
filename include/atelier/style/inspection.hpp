// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace atelier::style {

/// A term of the objective with one layer alone, unweighted.
struct LayerLoss {
  std::string layer;
  double loss = 0;
};

/// What each layer says of a picture, in the order of the options.
struct LayerLosses {
  std::vector<LayerLoss> content, style;  ///< empty where the term has no weight
};

/// A scale of a painting that begins or has ended.
struct Inspection {
  int scale = 0;       ///< long edge, px
  int iterations = 0;  ///< done at it
  bool ended = false;
  LayerLosses layers;  ///< of the picture that the scale begins with or ends with
};

/// Called twice a scale. Costs a pass through the network for each layer.
using OnScale = std::function<void(const Inspection&)>;

}  // namespace atelier::style
