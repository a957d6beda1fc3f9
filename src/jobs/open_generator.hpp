// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "atelier/gan/painter.hpp"
#include "atelier/jobs/generator_run.hpp"
#include "jobs/compute.hpp"

namespace atelier::jobs {

/// The generator that is named, else the one that comes along. Throws Error missing_weights when
/// there is no such file, bad_input when it is damaged.
[[nodiscard]] std::unique_ptr<gan::Painter> open_generator(const GeneratorRun& run,
                                                           const ComputeNames& compute);

}  // namespace atelier::jobs
