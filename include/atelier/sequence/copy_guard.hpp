// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "atelier/sequence/seen_runs.hpp"

namespace atelier::sequence {

/// Follows a piece of writing and forbids what would lengthen a run that stands in a text that was
/// learned from beyond a limit, unless nothing else is left.
class CopyGuard {
 public:
  /// `limit`: tokens; 0: any number. `texts` must outlive this.
  CopyGuard(std::span<const SeenRuns> texts, int limit);

  void append(Token token) { watch_.append(token); }
  /// Sets the logits of such tokens to minus infinity.
  void constrain(std::span<float> logits);
  /// The longest run so far; 0 tokens: none.
  [[nodiscard]] Stretch longest() const noexcept { return watch_.longest(); }

 private:
  CopyWatch watch_;
  std::size_t limit_;
};

}  // namespace atelier::sequence
