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
#include "atelier/film/writer.hpp"
#include "atelier/jobs/generator_run.hpp"

namespace atelier::jobs {

/// Which pictures are painted. Ranges and help stand in generate_option_table().
struct GenerateOptions {
  std::uint64_t seed = 0;
  int count = 1;
  double truncation = 0.8;
  std::string of_class;
  int columns = 0;
  double seconds = 2;
  double fps = 25;
};
[[nodiscard]] const OptionTable<GenerateOptions>& generate_option_table();

/// Pictures that a generator paints from nothing: seed, seed + 1, ...
struct GenerateRequest {
  /// A picture: one, or a sheet of `count` in rows. A film (film::has_film_suffix()): the way from
  /// seed to seed and back. A folder, or a path without suffix: a file for each, NAME-SEED.png.
  std::filesystem::path output;
  GenerateOptions options;
  GeneratorRun run;
  film::EncodeOptions encode;  ///< of films
};

struct GenerateReport {
  std::filesystem::path output;
  std::vector<std::filesystem::path> files;  ///< that were written: the output, or all in a folder
  std::int64_t pictures = 0;                 ///< painted, frames included
  int width = 0, height = 0;                 ///< px, of what was written; of each in a folder
  double seconds = 0;                        ///< of painting and writing
  std::string model, model_sha256, device;
  int threads = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::json to_json(const GenerateReport& report);

/// Paints them. Every file carries model, digest, seed, class and truncation in its metadata, and
/// the same request gives the same bytes.
///
/// Throws Error missing_weights when there is no such model, invalid_argument for an option out of
/// range, a class that the model does not know and an output that cannot be written, cancelled when
/// stopped: nothing of a sheet or film is left behind then; a folder's finished pictures stay.
[[nodiscard]] GenerateReport generate(const GenerateRequest& request,
                                      const OnProgress& on_progress = {},
                                      std::stop_token stop = {});

}  // namespace atelier::jobs
