// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "atelier/sequence/tokenizer.hpp"
#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// A trial of how well a writer's continuations can be told from works.
struct BlindTrial {
  std::span<const Token> works;  ///< that the judge learns from
  at::Tensor held_out;           ///< N x (T + 1): stretches of works on which it is examined
  int steps = 150;               ///< that it learns
  int batch = 16;                ///< works, and as many continuations, a step
  double rate = 1e-3;
};

/// Trains a judge (sequence_judge.hpp) afresh, that no writer has ever learned to please, on works
/// and on what `writer` makes of their first halves, and examines it on held-out works: the share
/// of pairs of a work and a continuation that its mean verdict puts in the right order (the area
/// under the ROC curve). 0.5: they cannot be told apart; 1: always. The same arguments give the
/// same number on one kind of device.
[[nodiscard]] double told_apart(const SequenceModel& writer, const BlindTrial& trial,
                                at::Device device);

}  // namespace atelier::sequence
