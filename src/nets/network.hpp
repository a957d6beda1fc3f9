// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/nets/feature_net.hpp"
#include "nets/input_convention.hpp"
#include "nets/passes/pass.hpp"

namespace atelier::nets {

/// One step from a picture to a layer, along an edge: position i of what comes out sees positions
/// i * stride - before ... i * stride - before + size - 1 of what goes in; those outside are zeros.
struct Window {
  int size = 1, stride = 1;
  int before = 0, after = 0;  ///< positions beyond the first and the last that are looked at
};

/// A frozen network of convolutions as losses, tiles and masks know it: it looks at a picture of
/// any size, and shows what some of its layers see.
///
/// Position i of a layer stands for the pixels i * stride ... (i + 1) * stride - 1, counted from
/// the picture's left and upper edge whatever its size, and depends on no pixel further than
/// reach() beyond them. Tiles that begin on multiples of the deepest stride therefore see what the
/// whole picture shows.
class Network {
 public:
  virtual ~Network() = default;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// SHA-256 of the weights' file.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  /// Every layer that can be asked for, from the picture upwards.
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept { return layers_; }
  [[nodiscard]] const FeatureNetOptions& options() const noexcept { return options_; }
  [[nodiscard]] const InputConvention& convention() const noexcept { return convention_; }

  // All that take layers throw Error invalid_argument when a name is unknown.
  [[nodiscard]] virtual std::int64_t channels(const std::string& layer) const = 0;
  /// The steps that lead from the picture to the layer, along the main path where there are
  /// several: where on the picture a position lies, and how far around most of what it sees.
  /// reach() is about all paths.
  [[nodiscard]] virtual std::vector<Window> windows(const std::string& layer) const = 0;
  /// Pixels beyond its own square that a position of any of `layers` depends on, at most.
  [[nodiscard]] virtual int reach(const std::vector<std::string>& layers) const = 0;
  /// Pixels between neighbouring positions.
  [[nodiscard]] int stride(const std::string& layer) const;
  /// Positions along an edge of a picture, `length` px long; 0 when it is too short.
  [[nodiscard]] int positions(const std::string& layer, int length) const;

  /// Runs the picture as far as the deepest of `layers`.
  /// `rgb`: N x 3 x H x W, sRGB 0..1, any device; any floating type (weights follow, converted
  /// once). Differentiable with respect to `rgb` when it requires a gradient. Throws Error
  /// invalid_argument when the picture is too small for a layer.
  [[nodiscard]] virtual Features forward(const at::Tensor& rgb,
                                         const std::vector<std::string>& layers) const = 0;

  /// Throws Error invalid_argument when `rgb` is not a picture, or too small for one of `layers`.
  void check_picture(const at::Tensor& rgb, const std::vector<std::string>& layers) const;
  /// The same of a batch of pictures.
  void check_pictures(const at::Tensor& rgb, const std::vector<std::string>& layers) const;

 protected:
  /// Throws Error bad_input when the convention has not three means and deviations.
  Network(std::string name, std::string digest, InputConvention convention,
          FeatureNetOptions options);

  /// The place of `layer` in layers().
  [[nodiscard]] std::size_t index(const std::string& layer) const;
  /// `rgb` as the network wants it, in the layout that convolutions are fastest in.
  [[nodiscard]] at::Tensor normalise(const at::Tensor& rgb) const;

  std::vector<std::string> layers_;

 private:
  std::string name_, digest_;
  InputConvention convention_;
  FeatureNetOptions options_;
};

/// Channels-last is the layout oneDNN and torch's own kernels are fastest in on processors.
[[nodiscard]] at::MemoryFormat layout_for(const at::Device& device);

}  // namespace atelier::nets
