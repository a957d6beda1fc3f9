// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "atelier/gan/painter.hpp"
#include "atelier/jobs/generator_run.hpp"
#include "jobs/compute.hpp"

namespace atelier::jobs {

/// The generator that is named, else the one that comes along. Throws Error missing_weights when
/// there is no such file, bad_input when it is damaged.
[[nodiscard]] std::unique_ptr<gan::Painter> open_generator(const GeneratorRun& run,
                                                           const ComputeNames& compute);

/// What the recipes of its pictures call it: as it was named, else its file's name without the
/// folder, which tells of this machine.
[[nodiscard]] std::string recorded_name(const GeneratorRun& run, const gan::Painter& painter);

}  // namespace atelier::jobs
