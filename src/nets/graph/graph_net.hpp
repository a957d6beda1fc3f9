// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "nets/graph/graph.hpp"
#include "nets/network.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// A network that a Graph describes, computed by libtorch.
///
/// FeatureNetOptions::strides says how layers that halve the resolution look at what is below them.
///
/// trained: as published, for comparison. A convolution of stride 2 lets a pixel count by where it
/// stands: in a 1 x 1 convolution three pixels of four not at all. The gradient that comes back has
/// that pattern, and a picture painted by it shows a checkerboard.
///
/// smooth: every layer is evaluated at all positions, and 2 x 2 of them are averaged. Source:
/// Zhang, "Making Convolutional Networks Shift-Invariant Again", ICML 2019, with the shortest
/// filter, and before the rectifier. For a convolution K of k x k this is one of (k + 1) x (k + 1)
/// and stride 2
///   K'(y, x) = (K(y, x) + K(y - 1, x) + K(y, x - 1) + K(y - 1, x - 1)) / 4,
/// whose sums over even and over odd places are equal: flat areas stay flat on the way back. A 1 x
/// 1 convolution becomes 2 x 2 averages and a convolution of these; a maximum or average of 3 x 3
/// is taken everywhere and then averaged. Also, convolutions that were trained without padding get
/// zeros around, and paddings that differ left and right become alike. Every layer of stride s has
/// then floor(length / s) positions, each in the middle of what it sees.
///
/// With it the means of a picture's detail at the places of a grid of 4 px vary by 3 % instead of 8
/// % with ResNet-50, by 5 % instead of 7 % with EfficientNet-Lite0, by 5 % and 3 % with
/// Inception-v3 (docs/backbones.md). The longer filter (1, 3, 3, 1) / 8 was tried: fine strokes
/// were lost with all three, and EfficientNet-Lite0's pattern grew to 12 %.
///
/// FeatureNetOptions::pooling: average takes averages where the network was trained with maxima.
class GraphNet final : public Network {
 public:
  /// `weights`: NAME.weight (O x I x kh x kw; O x 1 x kh x kw depthwise) and NAME.bias (O),
  /// float32, of every convolution; channels may be others than the published ones. Throws Error
  /// bad_input when one is missing or its shape does not fit.
  GraphNet(std::string name, std::string digest, Graph graph, const TensorMap& weights,
           InputConvention convention, FeatureNetOptions options);
  ~GraphNet() override;

  [[nodiscard]] std::int64_t channels(const std::string& layer) const override;
  [[nodiscard]] std::vector<Window> windows(const std::string& layer) const override;
  [[nodiscard]] int reach(const std::vector<std::string>& layers) const override;
  [[nodiscard]] Features forward(const at::Tensor& rgb,
                                 const std::vector<std::string>& layers) const override;

 private:
  struct Weights;
  struct Kept;

  [[nodiscard]] const std::vector<Weights>& weights_for(const at::Tensor& rgb) const;
  [[nodiscard]] at::Tensor run(const Node& node, const Weights& weights,
                               const std::vector<at::Tensor>& inputs, bool first) const;
  [[nodiscard]] at::Tensor convolve(const Node& node, const Weights& weights, at::Tensor h,
                                    bool first) const;
  [[nodiscard]] at::Tensor pool(const Node& node, const at::Tensor& h) const;
  /// Whether each node is needed for `layers`.
  [[nodiscard]] std::vector<bool> needed(const std::vector<std::string>& layers) const;
  /// A node's windows along rows (or columns), from its inputs to it.
  [[nodiscard]] std::vector<Window> steps(const Node& node, bool rows) const;

  Graph graph_;
  std::vector<std::size_t> places_;  // of layers_
  std::vector<std::int64_t> widths_;
  std::vector<at::Tensor> plain_weights_, plain_biases_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace atelier::nets
