// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// Mean and variance (divided by the number of positions) of each channel.
struct ChannelLevels {
  std::vector<double> mean, variance;
};

/// Of all positions of a layer, at least one. Summed in fp32 over stretches of a few hundred
/// positions and in double beyond; the variance from differences to the mean. The same bytes for
/// every number of threads.
[[nodiscard]] ChannelLevels channel_levels(const Activations& layer);

}  // namespace atelier::tensor
