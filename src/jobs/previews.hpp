// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/train/run.hpp"

namespace atelier::jobs {

/// Lets previews be kept as preview-STEP.png in the run's folder, unless someone takes them
/// already.
void keep_previews(train::RunListeners& listeners, const std::filesystem::path& folder);

}  // namespace atelier::jobs
