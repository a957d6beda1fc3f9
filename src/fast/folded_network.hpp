// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>

#include "fast/colour_transport.hpp"
#include "fast/folding.hpp"
#include "fast/network.hpp"
#include "fast/paint_engine.hpp"

namespace atelier::fast {

/// What a folded network is computed by.
enum class Engine {
  fastest,  ///< kernels of our own where they can be, in fp32 on the processor; elsewhere torch
  torch,
};

/// The network for one style and given norms, as plain convolutions: normalisation, the style's
/// scales, shifts and matrices, and the colours' map are all linear, so that they become part of
/// the filters. Paints what Network::paint() does with these norms, but for rounding, in less time.
/// For tiles and the frames of a film.
class FoldedNetwork {
 public:
  /// `modulations`, `norms`: of one picture. `colours`: how the picture's are moved.
  FoldedNetwork(const Architecture& architecture, const train::Parameters& parameters,
                const Modulations& modulations, const LayerNorms& norms, const ColourMap& colours,
                Engine engine = Engine::fastest);

  /// `photo`: N x (3 + grain) x H x W, edges multiples of 8, as with_grain() gives it. Returns N x
  /// 3 x H x W, not clamped.
  [[nodiscard]] at::Tensor paint(const at::Tensor& photo) const;

 private:
  [[nodiscard]] at::Tensor paint_with_torch(const at::Tensor& photo) const;
  [[nodiscard]] at::Tensor convolve(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor layer(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor up(const std::string& name, const at::Tensor& below,
                              const at::Tensor& beside) const;
  [[nodiscard]] at::Tensor blocks(const char* name, std::int64_t count, at::Tensor x) const;

  Architecture architecture_;
  ColourMap colours_;
  std::unique_ptr<PaintEngine> engine_;             ///< null: torch
  std::map<std::string, Filter> filters_, beside_;  ///< for torch
};

}  // namespace atelier::fast
