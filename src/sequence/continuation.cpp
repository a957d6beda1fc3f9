// SPDX-License-Identifier: Apache-2.0
#include "sequence/continuation.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::sequence {
namespace {

/// Uniform numbers in [0, 1), a row of `count` for each sample.
at::Tensor chances(std::int64_t rows, std::int64_t count, std::uint64_t seed, std::int64_t first) {
  at::Tensor numbers = at::empty({rows, count}, at::kDouble);
  auto* number = numbers.data_ptr<double>();
  for (std::int64_t row = 0; row < rows; ++row) {
    RandomStream chance(seed, fmt::format("continuation {}", first + row));
    for (std::int64_t i = 0; i < count; ++i) *number++ = chance.uniform();
  }
  return numbers;
}

/// The token at which the sum of probabilities passes `chance`, N x 1.
at::Tensor drawn(const at::Tensor& logits, const at::Tensor& chance) {
  const at::Tensor sums = at::softmax(logits.to(at::kDouble), -1).cumsum(-1);
  return (sums <= chance).sum(-1, /*keepdim=*/true).clamp_max(logits.size(-1) - 1);
}

}  // namespace

at::Tensor continued(const SequenceModel& model, const at::Tensor& given, std::int64_t count,
                     std::uint64_t seed, std::int64_t first) {
  const at::NoGradGuard no_gradient;
  const at::Tensor chance = chances(given.size(0), count, seed, first).to(given.device());
  SequenceState state = model.begin(given.size(0));
  std::vector<at::Tensor> tokens{given};
  for (std::int64_t i = 0; i < count; ++i) {
    tokens.push_back(drawn(model.next(tokens.back(), state), chance.narrow(1, i, 1)));
  }
  return at::cat(tokens, 1);
}

}  // namespace atelier::sequence
