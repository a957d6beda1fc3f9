// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// How many tokens of a stretch of `context` + 1 are given where a model goes on with it: half.
[[nodiscard]] inline std::int64_t given_tokens(std::int64_t context) {
  return (context + 1) / 2;
}

/// Stretches that a model goes on with, each token drawn from all that it foretells. What is drawn
/// is a function of the seed and of a row's position in the run, the first row's being `first`.
/// `given`: N x P, int64; returns N x (P + count). P + count is at most one more than the model's
/// context.
[[nodiscard]] at::Tensor continued(const SequenceModel& model, const at::Tensor& given,
                                   std::int64_t count, std::uint64_t seed, std::int64_t first);

}  // namespace atelier::sequence
