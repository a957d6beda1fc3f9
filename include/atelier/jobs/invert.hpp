// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "atelier/base/progress.hpp"
#include "atelier/gan/invert.hpp"
#include "atelier/jobs/generator_run.hpp"

namespace atelier::jobs {

/// A picture that a generator is to paint, as well as it can.
struct InvertRequest {
  std::filesystem::path picture;  ///< its middle square is taken
  std::filesystem::path output;
  gan::InvertOptions options;
  GeneratorRun run;
};

struct InvertReport {
  std::filesystem::path output;
  double pixel_error = 0, feature_error = 0;  ///< gan::Inverted
  int steps = 0;
  bool stopped = false;  ///< before the last step
  double seconds = 0;
  std::string model, model_sha256, device;
  int threads = 0;
};
[[nodiscard]] nlohmann::json to_json(const InvertReport& report);

/// Writes the generator's nearest picture, which can be a parent for breed(), and says how far it
/// is off. Stopped, what was found so far is written.
///
/// Throws Error bad_input when the picture cannot be read, missing_weights when the model or VGG-19
/// is not there, invalid_argument and io for the output.
[[nodiscard]] InvertReport invert(const InvertRequest& request, const OnProgress& on_progress = {},
                                  std::stop_token stop = {});

}  // namespace atelier::jobs
