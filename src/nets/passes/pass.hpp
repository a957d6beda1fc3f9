// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

namespace atelier::nets {

/// Activations by layer name: 1 x C x H x W.
using Features = std::map<std::string, at::Tensor>;

/// Whether a gradient will be brought back from what forward() computes.
enum class WayBack { none, follows };

/// What one layer of a pass took, last time.
struct LayerTime {
  std::string layer;
  double operations = 0;             ///< of a direct convolution, one way
  double forward = 0, backward = 0;  ///< seconds
};

/// A picture's way through a frozen network to some of its layers, and a gradient's way back to the
/// picture. Owns the memory of both and keeps it from call to call; for one picture at a time.
class Pass {
 public:
  virtual ~Pass() = default;

  /// `rgb`: 1 x 3 x H x W, sRGB 0..1. The features stay valid until the next call. Throws
  /// Error invalid_argument when the picture is too small for the layers.
  [[nodiscard]] virtual const Features& forward(const at::Tensor& rgb, WayBack way_back) = 0;

  /// The gradient, with respect to `rgb`, of the sum of products of the features and `gradients`; a
  /// layer that has none counts nothing. Once after each forward(rgb, WayBack::follows), whose
  /// features it spends.
  [[nodiscard]] virtual at::Tensor backward(const Features& gradients) = 0;

  /// Whether gradients may be written over the features, to be passed on without a copy.
  [[nodiscard]] virtual bool takes_gradients_in_place() const = 0;

  /// Of each layer, from the picture upwards; empty where layers are not told apart.
  [[nodiscard]] virtual std::vector<LayerTime> layer_times() const { return {}; }

  /// What computes it, for people: "Winograd F(6x6) fp32, AVX-512".
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace atelier::nets
