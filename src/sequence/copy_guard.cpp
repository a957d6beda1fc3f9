// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/copy_guard.hpp"

#include <limits>
#include <vector>

namespace atelier::sequence {

CopyGuard::CopyGuard(std::span<const SeenRuns> texts, int limit)
    : watch_(texts), limit_(static_cast<std::size_t>(limit)) {}

void CopyGuard::constrain(std::span<float> logits) {
  if (limit_ == 0 || watch_.greatest_run() <= limit_) return;
  std::vector<std::size_t> copies;
  std::size_t allowed = 0;
  for (std::size_t token = 0; token < logits.size(); ++token) {
    if (logits[token] == -std::numeric_limits<float>::infinity()) continue;
    ++allowed;
    if (watch_.run_with(static_cast<Token>(token)) > limit_) copies.push_back(token);
  }
  if (copies.size() == allowed) return;
  for (const std::size_t token : copies) {
    logits[token] = -std::numeric_limits<float>::infinity();
  }
}

}  // namespace atelier::sequence
