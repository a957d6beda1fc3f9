// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/peak.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

// Wide, since the machine may be busy and the build slow: no core has done 2 x 16 multiply-adds a
// cycle at 10 GHz, and the slowest does more than one in a hundred cycles.
constexpr double most_of_a_worker = 2 * 2 * 16 * 10e9, least = 1e7;

TEST(Peak, IsWhatCoresCanReach) {
  for (const int threads : {1, 2}) {
    set_worker_count(threads);
    const double peak = measured_peak();
    EXPECT_TRUE(std::isfinite(peak));
    EXPECT_GT(peak, least) << threads << " threads";
    EXPECT_LT(peak, most_of_a_worker * threads) << threads << " threads";
  }
  set_worker_count(1);
}

TEST(Peak, IsMeasuredOnEveryInstructionSet) {
  on_every_instruction_set([] {
    const double peak = measured_peak();
    EXPECT_GT(peak, least);
    EXPECT_LT(peak, most_of_a_worker);
  });
}

/// It is the best of several attempts: what else the machine does moves it little.
TEST(Peak, ComesOutAlikeWhenRepeated) {
  const double first = measured_peak(), second = measured_peak();
  EXPECT_LT(std::max(first, second), 4 * std::min(first, second));
}

}  // namespace
}  // namespace atelier::tensor
