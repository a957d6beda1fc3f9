// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "atelier/style/stylize.hpp"
#include "nets/safetensors.hpp"

namespace atelier::style {

/// How far a painting has come: all that its next step depends on, but for what follows from its
/// pictures and options. Chance needs no state: it decides the first picture alone.
struct PaintingState {
  int scale = 0;      ///< index of the scale that it is at
  int done_here = 0;  ///< steps at that scale
  double seconds = 0;
  int tile = 0;             ///< that it is computed in, as tile_edge() tells it
  std::string engine;       ///< settled
  at::Tensor picture;       ///< 1 x 3 x H x W
  at::Tensor best;          ///< of this scale; undefined: no step was taken at it
  Losses best_losses;       ///< of `best`
  std::vector<Step> steps;  ///< of all scales
  nets::TensorMap optimizer;
};

/// As a file holds it. Pictures are written as they lie in memory, height x width x channels last.
[[nodiscard]] nets::Safetensors to_file(const PaintingState& state);

/// Copies what the file holds, on the processor; pictures where spillable_zeros() has them. Throws
/// Error bad_input where something is missing or of another shape.
[[nodiscard]] PaintingState state_from(const nets::Safetensors& file);

}  // namespace atelier::style
