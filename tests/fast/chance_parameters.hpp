// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include "fast/architecture.hpp"
#include "train/parameters.hpp"

namespace atelier::fast {

/// Parameters as they begin, but for the last layer's: those begin at zero, with which every
/// network paints the same.
inline train::Parameters chance_parameters(const Architecture& architecture,
                                           at::ScalarType type = at::kFloat) {
  train::Parameters parameters(parameter_specs(architecture), 3, at::kCPU, type);
  const at::Tensor last = parameters["leave.weight"].detach();
  last.copy_(0.05 * at::randn(last.sizes(), at::detail::createCPUGenerator(7)));
  return parameters;
}

}  // namespace atelier::fast
