// SPDX-License-Identifier: Apache-2.0
#include "appraise/guesses.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace atelier::appraise {

at::Tensor probabilities(const Model::Classes& classes, const at::Tensor& row) {
  const at::Tensor logits = classes.head(row.unsqueeze(0))[0].to(at::kDouble);
  return at::softmax(logits / classes.temperature, 0);
}

std::vector<Guess> guesses(const std::vector<std::string>& names, const at::Tensor& probabilities) {
  std::vector<Guess> all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    all.push_back({names[i], probabilities[static_cast<std::int64_t>(i)].item<double>()});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Guess& a, const Guess& b) { return a.probability > b.probability; });
  return all;
}

}  // namespace atelier::appraise
