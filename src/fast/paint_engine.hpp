// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "fast/engine_filters.hpp"
#include "fast/hourglass.hpp"

namespace atelier::fast {

/// A folded network by kernels of our own, in fp32 on the processor.
///
/// Layers at half resolution and below are computed whole, one after the other, activations
/// innermost by channels. At full resolution layers are widest in memory and narrowest in work:
/// there, small patches go through several layers while they lie in a core's cache, and nothing of
/// full resolution but the picture stands in memory. Peak: about 200 bytes a pixel.
///
/// The same bytes for every number of threads. Safe to use from several threads at once.
class PaintEngine {
 public:
  /// `filters`: of every convolution, the style folded in. `beside`: what the layers beside are
  /// multiplied by on the way up.
  PaintEngine(const Architecture& architecture, const std::map<std::string, Filter>& filters,
              const std::map<std::string, Filter>& beside, const ColourMap& colours);
  ~PaintEngine();

  /// `photo`: 1 x (3 + grain) x H x W float32, channels-last, edges multiples of 8, as with_grain()
  /// gives it. Returns 1 x 3 x H x W, channels-last, not clamped.
  [[nodiscard]] at::Tensor paint(const at::Tensor& photo) const;

 private:
  struct Memory;
  class Pass;
  [[nodiscard]] std::unique_ptr<Memory> take_memory() const;

  Architecture architecture_;
  ColourMap colours_;
  std::map<std::string, tensor::DirectConvolution>
      direct_;  ///< enter, halving, beside on the way up
  std::map<std::string, tensor::ReflectedWinograd> winograd_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Memory> spare_;  ///< of the last picture
};

}  // namespace atelier::fast
