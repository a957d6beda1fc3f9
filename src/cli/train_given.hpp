// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "atelier/jobs/train_report.hpp"
#include "cli/commands.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed of every training run.
struct TrainGiven {
  std::string folder, initial;
  GivenOptions options;
  bool json = false, quiet = false;
};

/// Adds --from, --out, --json, --quiet and the options of train_option_table(). `beginning`: what
/// --from says of itself.
void add_train_options(CLI::App& app, TrainGiven& given, const train::TrainOptions& defaults = {},
                       const char* beginning = "a trained model to begin from");

/// What --from says where adversaries learn.
inline constexpr const char* beginning_of_adversaries =
    "a trained model to begin from, or a run's folder, of which the discriminators are kept, too";

/// Runs it with a bar or a log, prints how it ended and returns the exit code.
[[nodiscard]] int run_training(
    const TrainGiven& given,
    const std::function<jobs::TrainReport(const train::RunListeners&, std::stop_token)>& run);

}  // namespace atelier::cli
