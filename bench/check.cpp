// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include <fmt/format.h>

#include <cmath>

namespace atelier::bench {
namespace {

bool right_so_far = true;

void wrong(benchmark::State& state, const std::string& message) {
  right_so_far = false;
  state.SkipWithError(message.c_str());
}

}  // namespace

void expect_near(benchmark::State& state, const std::string& what, double value, double expected,
                 double tolerance) {
  if (std::abs(value - expected) <= tolerance * std::abs(expected)) return;
  wrong(state, fmt::format("{} is {}, not {} within {}", what, value, expected, tolerance));
}

void expect_between(benchmark::State& state, const std::string& what, double value, double low,
                    double high) {
  if (value >= low && value <= high) return;
  wrong(state, fmt::format("{} is {}, not between {} and {}", what, value, low, high));
}

void expect(benchmark::State& state, const std::string& what, bool right) {
  if (!right) wrong(state, what + " is wrong");
}

bool all_right() {
  return right_so_far;
}

}  // namespace atelier::bench
