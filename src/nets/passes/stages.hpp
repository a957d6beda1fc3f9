// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "nets/passes/pass.hpp"
#include "tensor/buffer.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::nets {

class Vgg;

/// A convolution, its ReLU and the pooling after it, as a pass over kernels of our own plans them.
struct Stage {
  std::string layer;
  std::size_t channels = 0;
  bool wanted = false;        ///< its unpooled activations were asked for
  bool pooled = false;        ///< pooling follows
  bool fused = false;         ///< ... and shares one mask with ReLU: nothing else needs ReLU's own
  int height = 0, width = 0;  ///< unpooled; the pass sets them picture by picture

  /// What goes on to the next stage.
  [[nodiscard]] int next_height() const { return pooled ? height / 2 : height; }
  [[nodiscard]] int next_width() const { return pooled ? width / 2 : width; }
};

/// The stages up to the deepest of `layers`, after which no pooling follows. Throws Error
/// invalid_argument when a name is unknown.
[[nodiscard]] std::vector<Stage> plan_stages(const Vgg& vgg,
                                             const std::vector<std::string>& layers);

/// The last of the first `count` layers, for Network::check_picture(); none when `count` is 0.
[[nodiscard]] std::vector<std::string> deepest(const Vgg& vgg, std::size_t count);

/// Activations of this shape in `memory`, in which there is room for them then.
[[nodiscard]] tensor::Activations activations_in(tensor::Buffer<float>& memory, int height,
                                                 int width, std::size_t channels);

/// Makes `features`, which a stage handed out, hold the gradient given for them; it may have been
/// written there already. False when there is none: its activations were not asked for, or nothing
/// comes back from them.
[[nodiscard]] bool take_gradient(const Stage& stage, const Features& gradients,
                                 const tensor::Activations& features);

}  // namespace atelier::nets
