// SPDX-License-Identifier: Apache-2.0
// The variants that every kernel is tested in: instruction sets, numbers of threads, shapes.
#pragma once

#include <gtest/gtest.h>

#include "tensor/kernels/targets.hpp"
// Highway's targets depend on what ours leave out.
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "atelier/base/random.hpp"
#include "tensor/kernels/instruction_set.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {

/// Calls `body` once for every instruction set that this machine and this build have.
template <class Body>
void on_every_instruction_set(const Body& body) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    SCOPED_TRACE(instruction_set());
    body();
  }
  hwy::SetSupportedTargetsForTest(0);
}

/// Whether `run`, which returns its result's bytes, gives the same ones for every number of
/// threads.
template <class Run>
void expect_same_for_every_number_of_threads(const Run& run) {
  set_worker_count(1);
  const auto first = run();
  for (const int threads : {2, 3, 7}) {
    set_worker_count(threads);
    EXPECT_TRUE(run() == first) << threads << " threads";
  }
  set_worker_count(1);
}

/// The greatest of what it is told.
class Worst {
 public:
  void see(double error) { value_ = error > value_ || std::isnan(error) ? error : value_; }
  [[nodiscard]] double value() const { return value_; }

 private:
  double value_ = 0;
};

/// Tells the test's report how far a kernel was from the plain loop.
inline void record(const std::string& name, const Worst& worst) {
  ::testing::Test::RecordProperty(name, std::to_string(worst.value() * 1e9) + "e-9");
}

/// lowest ... highest, short ones as likely as long ones by factors.
inline int pick(RandomStream& random, int lowest, int highest) {
  const double ratio = static_cast<double>(highest + 1) / lowest;
  return std::min(highest, static_cast<int>(lowest * std::pow(ratio, random.uniform())));
}

}  // namespace atelier::tensor
