// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "fast/colour_transport.hpp"
#include "fast/network.hpp"

namespace atelier::fast {

/// The norms that Network::paint() sees of a picture, but for rounding, by kernels of our own and
/// several times as fast: each layer's mean and deviation are taken before the next is computed.
/// `photo`: 1 x (3 + grain) x H x W float32 on the processor, channels-last, edges multiples of 8,
/// as with_grain() gives it. `colours`: how the picture's are moved.
[[nodiscard]] LayerNorms norms_of(const Architecture& architecture,
                                  const train::Parameters& parameters,
                                  const Modulations& modulations, const ColourMap& colours,
                                  const at::Tensor& photo);

}  // namespace atelier::fast
