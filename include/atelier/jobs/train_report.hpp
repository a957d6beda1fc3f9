// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "atelier/train/options.hpp"
#include "atelier/train/run.hpp"

namespace atelier::jobs {

/// How a training run ended, whatever was trained.
struct TrainReport {
  train::RunReport run;
  std::filesystem::path folder;
};
[[nodiscard]] nlohmann::json to_json(const TrainReport& report);

}  // namespace atelier::jobs
