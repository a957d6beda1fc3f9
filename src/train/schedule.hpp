// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace atelier::train {

/// A learning rate over a run: a straight rise from 0 over the first `warm_up` steps, then along
/// half a cosine from 1 to `last` at the end, all times `rate`.
/// Source: Loshchilov, Hutter, "SGDR", ICLR 2017; the rise: Goyal et al., 2017.
struct Schedule {
  double rate = 1e-3;
  std::int64_t warm_up = 100;
  std::int64_t steps = 10000;
  double last = 0.01;  ///< share of `rate` at the end

  /// `step` counts from 0; beyond the end the last rate stays.
  [[nodiscard]] double at(std::int64_t step) const;
};

}  // namespace atelier::train
