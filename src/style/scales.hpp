// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace atelier::style {

/// One size of the coarse-to-fine run.
struct Scale {
  int long_edge = 0;  ///< px
  int iterations = 0;
};

/// Scales from coarse to fine, each `step` times the last, down from `size` and none under
/// `min_size` (only `size` itself when it is smaller). Iterations go geometrically from
/// `first_iterations` at the coarsest to `iterations` at the finest.
[[nodiscard]] std::vector<Scale> plan_scales(int size, int min_size, double step, int iterations,
                                             int first_iterations);

/// Of a run whose first picture is right at large already: the finest two of plan_scales(), the
/// coarser with half the iterations of the finest.
[[nodiscard]] std::vector<Scale> refining_scales(int size, int min_size, double step,
                                                 int iterations);

}  // namespace atelier::style
