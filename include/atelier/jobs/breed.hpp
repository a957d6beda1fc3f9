// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/jobs/generator_run.hpp"

namespace atelier::jobs {

/// How children come about. Ranges and help stand in breed_option_table().
struct BreedOptions {
  std::vector<double> weights;
  int fine_from = 0;
  double mutation = 0;
  int children = 1;
  std::vector<std::string> move;
  int move_from = 0;
  std::uint64_t seed = 0;
  double truncation = 0.8;
};
[[nodiscard]] const OptionTable<BreedOptions>& breed_option_table();

/// Children of one or more parents.
struct BreedRequest {
  std::vector<std::string> parents;  ///< pictures of `generate`, `breed` or `invert`; "seed:12"
  /// A picture: the child, or of several the first, the others beside it as NAME-2.png, ...
  std::filesystem::path output;
  std::filesystem::path
      tree;  ///< a picture of the family, one generation below the other; or empty
  BreedOptions options;
  GeneratorRun run;
};

struct BreedReport {
  std::vector<std::filesystem::path> outputs;
  std::filesystem::path tree;
  int generations = 0;  ///< of the family, the child's own included
  double seconds = 0;
  std::string model, model_sha256, device;
  int threads = 0;
};
[[nodiscard]] nlohmann::json to_json(const BreedReport& report);

/// Mixes the parents by weight, or takes the first one's forms and the second one's finer features;
/// moves along directions ("light=1", a slider, gan/sliders.hpp; "2=1.5", the second principal
/// component of styles, 1.5 deviations); lets
/// chance change each child by `mutation`. A child keeps in its metadata what it grew from and its
/// whole family, so that it can be a parent again where its parents' files are gone.
///
/// Throws Error missing_weights when there is no such model, bad_input for a parent that no
/// generator painted, invalid_argument for one of another generator, an option out of range and
/// outputs that cannot be written, cancelled when stopped.
[[nodiscard]] BreedReport breed(const BreedRequest& request, const OnProgress& on_progress = {},
                                std::stop_token stop = {});

}  // namespace atelier::jobs
