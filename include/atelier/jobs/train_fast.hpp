// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "atelier/fast/train.hpp"

namespace atelier::jobs {

/// A training run of the one-pass network.
struct TrainFastRequest {
  std::filesystem::path photos, paintings;  ///< packed sets
  fast::FastTraining training;
};

struct TrainFastReport {
  train::RunReport run;
  std::filesystem::path folder;
};
[[nodiscard]] nlohmann::json to_json(const TrainFastReport& report);

/// Trains, and keeps preview sheets as preview-STEP.png in the folder. Throws as
/// fast::train_fast().
[[nodiscard]] TrainFastReport train_fast(const TrainFastRequest& request,
                                         train::RunListeners listeners = {},
                                         std::stop_token stop = {});

}  // namespace atelier::jobs
