// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/jobs/batch_failure.hpp"

namespace atelier::jobs {

/// How pictures are translated. Ranges and help stand in translation_table().
struct Translation {
  std::string model;                ///< empty: the one that comes with Atelier
  std::string direction = "there";  ///< or "back"
  int size = 0;
  std::string format = "own";  ///< of a folder's results
  std::string device = "auto";
  int threads = 0;
};
[[nodiscard]] const OptionTable<Translation>& translation_table();

/// Pictures of one collection painted like another by a trained network.
struct TranslateRequest {
  std::string picture;           ///< a file, a folder or a pattern (base/file_search.hpp)
  std::filesystem::path output;  ///< a picture's name, or a folder's for a folder or pattern
  Translation options;
};

struct TranslatedPicture {
  std::filesystem::path picture, output;
  int width = 0, height = 0;  ///< px
  double seconds = 0;         ///< of painting
};

struct TranslateReport {
  std::vector<TranslatedPicture> results;
  std::vector<std::filesystem::path> skipped;  ///< were there already, painted by the same recipe
  std::vector<BatchFailure> failures;
  bool cancelled = false;
  std::string model, model_sha256, device;
  int threads = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::json to_json(const TranslateReport& report);

/// Translates from disk to disk, strip by strip (fast/strips.hpp), pictures of any size. A folder's
/// results have their pictures' places below the output folder; a bad picture of it is remembered
/// and the rest goes on. Every result carries its recipe.
///
/// Throws Error missing_weights when there is no such model, bad_input, invalid_argument or io for
/// a single picture as stylize() does, and for what is wrong with a folder as a whole; cancelled
/// when a single picture was stopped: nothing of it is written.
[[nodiscard]] TranslateReport translate(
    const TranslateRequest& request, const OnProgress& on_progress = {},
    const std::function<void(const TranslatedPicture&)>& on_picture = {},
    std::stop_token stop = {});

}  // namespace atelier::jobs
