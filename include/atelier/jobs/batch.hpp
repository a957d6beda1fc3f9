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
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// Options of batches alone. Ranges and help stand in batch_option_table().
struct BatchOptions {
  std::string format = "own";  ///< own: each photograph's
};

[[nodiscard]] const OptionTable<BatchOptions>& batch_option_table();

/// Many paintings of one sort. What is named may be a picture, a folder or a pattern
/// (base/file_search.hpp).
struct BatchRequest {
  std::string content;
  std::vector<std::string> styles;  ///< pictures alone are blended; others are taken in turn
  std::filesystem::path output;     ///< folder, made when it is missing
  BatchOptions batch;
  StylizeRequest each;  ///< what every painting has in common; its paths are not looked at
};

/// Whether these ask for many paintings: one is a folder or a pattern.
[[nodiscard]] bool is_batch(const std::string& content, const std::vector<std::string>& styles);

/// A painting that a batch made, or that was there already.
struct BatchPainting {
  std::filesystem::path content;
  std::vector<std::filesystem::path> styles;
  std::filesystem::path output;
  StylizeReport report;  ///< of one that was made now
};

struct BatchReport {
  std::vector<BatchPainting> results, skipped;
  std::vector<BatchFailure> failures;
  int asked = 0;  ///< paintings
  double seconds = 0;
  bool cancelled = false;  ///< the last of the results is what was painted until then

  [[nodiscard]] int exit_code() const;  ///< as jobs::exit_code()
};

[[nodiscard]] nlohmann::json to_json(const BatchReport& report);

using OnPainting = std::function<void(const BatchPainting&)>;

/// Paints every content with every style, one style after the other.
///
/// Results have the contents' places below the output folder: photos/sea/a.jpg becomes
/// OUT/sea/a.jpg. Where styles are a folder or a pattern, each has a folder of its own below OUT
/// for a folder or pattern of contents, and is part of the name for one content
/// (OUT/a-starry_night.jpg). Of names that would be the same each keeps its suffix as part:
/// a-png.jpg. Nothing is read from OUT where it lies among the contents.
///
/// Weights are read once. A result whose recipe is that of the painting asked for, by options and
/// by digests of all it was made from, is left as it is. A bad picture is remembered, with its
/// reason, and the rest goes on. `stop` ends the batch as it ends jobs::stylize(); what it has
/// stays.
///
/// Throws Error before the first painting for what is wrong with the whole: options that contradict
/// each other, nothing found, an output folder that cannot be made or is the contents' own, missing
/// weights.
[[nodiscard]] BatchReport stylize_batch(const BatchRequest& request,
                                        const OnProgress& on_progress = {},
                                        const OnPainting& on_painting = {},
                                        std::stop_token stop = {});

}  // namespace atelier::jobs
