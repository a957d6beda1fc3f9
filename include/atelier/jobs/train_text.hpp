// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "atelier/jobs/train_report.hpp"
#include "atelier/sequence/train.hpp"

namespace atelier::jobs {

/// A training run of a model that writes.
struct TrainTextRequest {
  std::filesystem::path text;  ///< UTF-8
  sequence::SequenceTraining training;
};

/// Throws as sequence::train_text().
[[nodiscard]] TrainReport train_text(const TrainTextRequest& request,
                                     const train::RunListeners& listeners = {},
                                     std::stop_token stop = {});

}  // namespace atelier::jobs
