// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/gan/judgement.hpp"
#include "atelier/translate/judgement.hpp"

namespace atelier::jobs {

/// How a model is judged. Ranges and help stand in judge_option_table().
struct JudgeOptions {
  int samples = 0;
  std::string device = "auto";
  int threads = 0;
};
[[nodiscard]] const OptionTable<JudgeOptions>& judge_option_table();

/// A trained model beside the pictures that it learned from.
struct JudgeRequest {
  std::filesystem::path model;     ///< of `train gan` or `train translate`
  std::filesystem::path pictures;  ///< a packed set: a generator's, or a translator's first
  std::filesystem::path goal;      ///< a translator's second; empty for a generator
  std::filesystem::path sheet;  ///< a generator's samples beside their nearest pictures; or empty
  JudgeOptions options;
};

struct JudgeReport {
  std::optional<gan::Judgement> generator;
  std::optional<translate::Judgement> translator;
  std::filesystem::path sheet;
};
[[nodiscard]] nlohmann::json to_json(const JudgeReport& report);

/// Measures with controls beside (gan/judgement.hpp, translate/judgement.hpp). Throws Error as
/// these, missing_weights when the model or VGG-19 is not there, bad_input for what is no packed
/// set.
[[nodiscard]] JudgeReport judge(const JudgeRequest& request, const OnProgress& on_progress = {},
                                std::stop_token stop = {});

}  // namespace atelier::jobs
