// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "atelier/gan/train.hpp"
#include "atelier/jobs/train_report.hpp"

namespace atelier::jobs {

/// A training run of a generator.
struct TrainGanRequest {
  /// A packed set, or a folder of pictures, which is packed into the run's folder first.
  std::filesystem::path pictures;
  gan::GanTraining training;
};

/// Trains, and keeps preview sheets as preview-STEP.png in the folder. Throws as gan::train_gan().
[[nodiscard]] TrainReport train_gan(const TrainGanRequest& request,
                                    train::RunListeners listeners = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
