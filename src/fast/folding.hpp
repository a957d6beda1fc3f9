// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "fast/colour_transport.hpp"
#include "fast/network.hpp"

namespace atelier::fast {

/// A convolution as it is computed: float64 on the processor, contiguous.
struct Filter {
  at::Tensor weight, bias;
};

/// A layer's convolution before its normalisation, as a function of what the layers before it give,
/// the first one's of the photograph and its grain: the colours' map is a part of it.
[[nodiscard]] Filter bare_filter(const Convolution& convolution,
                                 const train::Parameters& parameters, const ColourMap& colours);

/// What normalisation and style make of a layer's result, x -> weight x + bias with a C x C weight:
/// diag(scale) mix diag(inverse) (x - mean) + shift. `mean`, `inverse`: as in LayerNorms.
[[nodiscard]] Filter style_map(const Modulation& style, const at::Tensor& mean,
                               const at::Tensor& inverse);

/// The convolution with the map after it.
[[nodiscard]] Filter folded(const Filter& bare, const Filter& map);

}  // namespace atelier::fast
