// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "atelier/jobs/train_report.hpp"
#include "atelier/translate/train.hpp"

namespace atelier::jobs {

/// A training run of a translator.
struct TrainTranslateRequest {
  /// Packed sets, or folders of pictures, which are packed into the run's folder first.
  std::filesystem::path from, to;
  translate::TranslateTraining training;
};

/// Trains, and keeps preview sheets as preview-STEP.png in the folder. Throws as
/// translate::train_translator().
[[nodiscard]] TrainReport train_translate(const TrainTranslateRequest& request,
                                          train::RunListeners listeners = {},
                                          std::stop_token stop = {});

}  // namespace atelier::jobs
