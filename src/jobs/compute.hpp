// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/jobs/doctor.hpp"

namespace atelier::jobs {

/// tensor::set_up in plain words: the only file of this module that sees torch stands behind it.
struct ComputeNames {
  std::string device;  ///< "cpu", "cuda:0"
  int threads = 1;
};
[[nodiscard]] ComputeNames set_up_compute(const std::string& device, int threads);

/// Fills in what doctor shows of the numeric libraries, with its findings.
void describe_compute(DoctorReport& report);

}  // namespace atelier::jobs
