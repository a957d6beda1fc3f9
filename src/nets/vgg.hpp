// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atelier/nets/feature_net.hpp"

namespace atelier::nets {

/// Activations by layer name: 1 x C x H x W.
using Features = std::map<std::string, at::Tensor>;

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
