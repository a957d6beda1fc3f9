// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <benchmark/benchmark.h>

#include <string>

namespace atelier::bench {

/// Ends the benchmark when `value` is not finite or differs from `expected` by more than
/// `tolerance` times it, and lets the program end with exit code 1: a wrong result has no speed.
void expect_near(benchmark::State& state, const std::string& what, double value, double expected,
                 double tolerance);

/// The same for a value that must lie in low..high.
void expect_between(benchmark::State& state, const std::string& what, double value, double low,
                    double high);

/// The same for anything else that is either right or wrong.
void expect(benchmark::State& state, const std::string& what, bool right);

/// Whether every check so far held.
[[nodiscard]] bool all_right();

}  // namespace atelier::bench
