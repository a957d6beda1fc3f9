// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atelier/nets/feature_net.hpp"
#include "nets/passes/pass.hpp"
#include "nets/receptive_field.hpp"

namespace atelier::nets {

struct Bf16Weights;
struct WinogradWeights;

/// How a network wants its picture: channel order, scale, mean and deviation, from the registry.
/// input = (rgb * scale - mean) / std, channels reversed first when bgr.
struct InputConvention {
  bool bgr = false;
  double scale = 1.0;
  std::vector<double> mean{0, 0, 0};  // in the network's channel order
  std::vector<double> std{1, 1, 1};
};

/// The convolutional part of VGG-16 or VGG-19: 3 x 3 convolutions with ReLU, 2 x 2 pooling between
/// blocks.
class Vgg {
 public:
  /// `weights`: convB_C.weight (O x I x 3 x 3) and convB_C.bias (O), float32, for every convolution
  /// from the first on; they may end early. Throws Error bad_input when a shape does not fit.
  Vgg(std::string name, std::string digest, const std::map<std::string, at::Tensor>& weights,
      InputConvention convention, FeatureNetOptions options);

  /// Runs the picture as far as the deepest of `layers`.
  /// `rgb`: 1 x 3 x H x W, sRGB 0..1, any device; float32 or float64 (weights follow, converted
  /// once). Differentiable with respect to `rgb` when it requires a gradient. Throws Error
  /// invalid_argument when a layer's name is unknown or the picture is too small for it.
  [[nodiscard]] Features forward(const at::Tensor& rgb,
                                 const std::vector<std::string>& layers) const;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept { return layers_; }
  [[nodiscard]] const FeatureNetOptions& options() const noexcept { return options_; }
  [[nodiscard]] const InputConvention& convention() const noexcept { return convention_; }

  /// How many convolutions lead to the deepest of `layers`. Throws Error invalid_argument when a
  /// name is unknown.
  [[nodiscard]] std::size_t depth(const std::vector<std::string>& layers) const;
  /// How many channels come out of convolution `i`.
  [[nodiscard]] std::size_t channels(std::size_t i) const;
  /// Whether pooling follows convolution `i`, when another does.
  [[nodiscard]] bool pools_after(std::size_t i) const;
  /// Pixels between neighbouring positions after the first `count` convolutions.
  [[nodiscard]] int stride(std::size_t count) const;
  /// Pixels beyond its own square of stride x stride that such a position depends on, at most.
  [[nodiscard]] int reach(std::size_t count) const;
  /// What lies between the picture and a layer, from the picture upwards. Throws as depth().
  [[nodiscard]] std::vector<Window> windows(const std::string& layer) const;
  /// Throws Error invalid_argument when `rgb` is not a picture, or too small for `count`
  /// convolutions.
  void check_picture(const at::Tensor& rgb, std::size_t count) const;
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
  [[nodiscard]] at::Tensor normalise(const at::Tensor& rgb) const;

  std::string name_, digest_;
  std::vector<std::string> layers_;
  std::vector<Convolution> convolutions_;
  InputConvention convention_;
  FeatureNetOptions options_;
  std::shared_ptr<Converted> converted_;
};

}  // namespace atelier::nets
