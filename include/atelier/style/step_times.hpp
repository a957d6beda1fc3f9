// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// Seconds that a step of the optimisation takes, medians over some steps, and what computed it.
struct StepTimes {
  /// One convolution with its ReLU and pooling.
  struct Layer {
    std::string name;
    double operations = 0;             ///< of a direct convolution, one way
    double forward = 0, backward = 0;  ///< seconds
  };

  double forward = 0, losses = 0, backward = 0;  ///< of one evaluation with its gradient
  double optimizer = 0;
  double step = 0;             ///< whole, measured apart from its parts
  std::vector<Layer> layers;   ///< empty where the engine does not tell them apart
  std::string engine;          ///< "Winograd F(6x6) fp32, AVX-512"
  double peak_operations = 0;  ///< fp32 operations a second that the processor reaches in registers
  int tiles = 1;               ///< that a picture of this size is computed in
};

/// Takes `steps` steps of an optimisation with `options` on synthetic pictures of options.size
/// square. Throws Error as stylize().
[[nodiscard]] StepTimes measure_step(const nets::FeatureNet& net, const StylizeOptions& options,
                                     int steps);

}  // namespace atelier::style
