// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/image/image.hpp"

namespace atelier::train {

/// Named figures in order, such as losses.
using Figures = std::vector<std::pair<std::string, double>>;

/// What a run tells while it goes on; each may be empty. Called by the leading process alone.
struct RunListeners {
  OnProgress on_progress;
  std::function<void(const nlohmann::ordered_json&)> on_log;  ///< each line of the log
  std::function<void(std::int64_t step, const image::Image&)> on_preview;
  std::function<void(const std::string&)> on_warning;  ///< a sentence for who watches
};

/// How a run ended.
struct RunReport {
  std::int64_t steps = 0;  ///< done in all
  std::int64_t resumed_at = 0;
  double seconds = 0;           ///< spent on all steps
  bool stopped = false;         ///< before the last step, by request; a checkpoint was written
  Figures held_out;             ///< the last measured
  double best = 0;              ///< least total held-out loss
  std::filesystem::path model;  ///< of the best average weights
};

}  // namespace atelier::train
