// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "fast/architecture.hpp"
#include "tensor/kernels/part.hpp"
#include "tensor/kernels/winograd.hpp"

namespace atelier::fast {

/// Memory for layers, kept from picture to picture.
class LayerMemory {
 public:
  /// For layers that stay, one for each.
  enum Place { full, half, quarter, eighth, late, fine, inside, raw, places };

  [[nodiscard]] tensor::Part whole(Place place, int height, int width, std::size_t channels) {
    tensor::Activations layer{nullptr, height, width, channels, tensor::padded(channels)};
    tensor::Buffer<float>& memory = memory_[place];
    memory.reserve(layer.size());
    layer.data = memory.data();
    return tensor::Part::whole(layer);
  }

  tensor::Workspace workspace;

 private:
  std::array<tensor::Buffer<float>, places> memory_;
};

/// The network between its first and its last convolutions: from what is seen at half resolution
/// down and back up to there. `steps` computes layers:
///   Part halved(name, in, place), Part enlarged(name, below, beside, place)
///   void block(name, in)    adds to `in` what a residual block makes of it
template <class Steps>
tensor::Part through_hourglass(const Architecture& a, const tensor::Part& half, Steps& steps) {
  using tensor::Part;
  const auto blocks = [&](const char* name, std::int64_t count, const Part& in) {
    for (std::int64_t i = 0; i < count; ++i) steps.block(fmt::format("{}{}", name, i), in);
  };
  const Part quarter = steps.halved("to_quarter", half, LayerMemory::quarter);
  blocks("quarter", a.quarter_blocks, quarter);
  const Part eighth = steps.halved("to_eighth", quarter, LayerMemory::eighth);
  blocks("eighth", a.eighth_blocks, eighth);
  const Part late = steps.enlarged("up_quarter", eighth, quarter, LayerMemory::late);
  blocks("late", a.late_blocks, late);
  const Part fine = steps.enlarged("up_half", late, half, LayerMemory::fine);
  blocks("fine", a.fine_blocks, fine);
  return fine;
}

/// All of a layer, as a region to compute.
[[nodiscard]] inline tensor::Region all_of(const tensor::Part& part) {
  return {0, 0, part.height, part.width};
}

}  // namespace atelier::fast
