// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nets/graph/graph.hpp"

namespace atelier::nets {

/// How a kind of file names the weights of a graph's convolutions.
struct WeightNames {
  std::string kind;  ///< for messages: "Keras"
  bool keras =
      false;  ///< NAME/kernel as kh x kw x I x O and BN/gamma; else NAME.weight and BN.weight
  double epsilon = 1e-3;  ///< of batch normalisation
  struct Names {
    std::string convolution, batch_norm;
  };
  std::map<std::string, Names> of;  ///< by node
};

/// A published network, and the files that hold its weights.
struct Architecture {
  Graph graph;
  std::vector<WeightNames> files;
};

/// ResNet-50: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", CVPR 2016.
///
/// Layers: relu1 after the first convolution; reluS_B after block B of stage S (2 to 5), where the
/// residual is added; reluS_Ba and reluS_Bb inside, after its first and second convolution.
/// `late_stride`: the second convolution of a stage's first block has the stride, as torchvision
/// has it ("v1.5"); otherwise the first one, as in the paper and in Keras.
[[nodiscard]] Architecture resnet50(bool late_stride);

/// Inception-v3: Szegedy and others, "Rethinking the Inception Architecture for Computer Vision",
/// CVPR 2016, as in Keras, whose average pooling leaves out what lies beyond the border.
///
/// Layers, by TensorFlow's names: relu1a, relu2a, relu2b, relu3b, relu4a after convolutions of the
/// stem; mixed5b to mixed7c after modules.
[[nodiscard]] Architecture inception_v3();

/// EfficientNet-Lite0: Tan, Le, "EfficientNet", ICML 2019, in TensorFlow's Lite variant: ReLU6, no
/// squeeze-and-excitation. Depthwise convolutions between two of 1 x 1.
///
/// Layers: relu1 after the first convolution; blockN (1 to 16) after the block, which has no
/// rectifier; expandN and depthN inside, after its first and its depthwise convolution; head.
/// Paddings are those of TensorFlow's "same" for even lengths, whatever the picture's size.
[[nodiscard]] Architecture efficientnet_lite0();

/// "resnet50", "resnet50-v1.5", "inception-v3" or "efficientnet-lite0"; null for another name, such
/// as VGG's. Made once and kept.
[[nodiscard]] const Architecture* find_architecture(std::string_view name);

}  // namespace atelier::nets
