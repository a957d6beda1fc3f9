// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "nets/network.hpp"

namespace atelier::nets {

struct Bf16Weights;
struct WinogradWeights;

/// The convolutional part of VGG-16 or VGG-19: 3 x 3 convolutions with ReLU, 2 x 2 pooling between
/// blocks.
///
/// Source: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
/// Recognition", ICLR 2015. Layers are named reluB_C: after the C-th convolution of block B and its
/// ReLU.
class Vgg final : public Network {
 public:
  /// `weights`: convB_C.weight (O x I x 3 x 3) and convB_C.bias (O), float32, for every convolution
  /// from the first on; they may end early. Throws Error bad_input when a shape does not fit.
  Vgg(std::string name, std::string digest, const std::map<std::string, at::Tensor>& weights,
      InputConvention convention, FeatureNetOptions options);

  [[nodiscard]] std::int64_t channels(const std::string& layer) const override;
  [[nodiscard]] std::vector<Window> windows(const std::string& layer) const override;
  [[nodiscard]] int reach(const std::vector<std::string>& layers) const override;
  [[nodiscard]] Features forward(const at::Tensor& rgb,
                                 const std::vector<std::string>& layers) const override;

  /// How many convolutions lead to the deepest of `layers`. Throws Error invalid_argument when a
  /// name is unknown.
  [[nodiscard]] std::size_t depth(const std::vector<std::string>& layers) const;
  /// How many channels come out of convolution `i`.
  [[nodiscard]] std::size_t width(std::size_t i) const;
  /// Whether pooling follows convolution `i`, when another does.
  [[nodiscard]] bool pools_after(std::size_t i) const;
  /// The first `count` convolutions for the Winograd kernels, made when first asked for and kept.
  [[nodiscard]] std::shared_ptr<const WinogradWeights> winograd_weights(std::size_t count) const;
  /// The same in bf16. Throws Error missing_capability where it is not computed.
  [[nodiscard]] std::shared_ptr<const Bf16Weights> bf16_weights(std::size_t count) const;

 private:
  struct Convolution {
    std::string layer;  // reluB_C
    int block;
    at::Tensor weight, bias;
  };

  struct Converted;

  [[nodiscard]] const std::vector<Convolution>& convolutions_for(const at::Tensor& rgb) const;

  std::vector<Convolution> convolutions_;
  std::shared_ptr<Converted> converted_;
};

}  // namespace atelier::nets
