// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "atelier/fast/train.hpp"
#include "atelier/jobs/train_report.hpp"

namespace atelier::jobs {

/// A training run of the one-pass network.
struct TrainFastRequest {
  /// Packed sets, or pictures or folders of them, which are packed into the run's folder first.
  std::filesystem::path photos, paintings;
  fast::FastTraining training;
};

/// What a network of one style alone is trained by: fast::own_style_training(), from the network of
/// every style that comes along. Throws Error missing_weights when that is not there.
[[nodiscard]] fast::FastTraining own_style_training();

/// Trains, and keeps preview sheets as preview-STEP.png in the folder. Throws as
/// fast::train_fast().
[[nodiscard]] TrainReport train_fast(const TrainFastRequest& request,
                                     train::RunListeners listeners = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
