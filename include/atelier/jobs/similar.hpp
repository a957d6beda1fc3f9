// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"

namespace atelier::jobs {

/// What is looked for, and how. Ranges and help stand in similar_option_table().
struct SimilarOptions {
  std::string by = "content";
  std::string region;
  std::string words;
  std::string compare = "looks";
  int count = 12;
  std::string library;
  int threads = 0;
};
[[nodiscard]] const OptionTable<SimilarOptions>& similar_option_table();

/// Which works look like this picture, or have these words?
struct SimilarRequest {
  std::filesystem::path picture;               ///< empty: by words, or none is looked for
  std::vector<std::filesystem::path> folders;  ///< looked through first, and where works are to
                                               ///< lie; none: all that the library knows
  std::filesystem::path sheet;                 ///< a picture of what was found; empty: none
  SimilarOptions options;
};

/// See vision::Copy.
struct SimilarCopy {
  bool mirrored = false;
  int agreeing = 0;
};

struct SimilarWork {
  std::filesystem::path path;
  double likeness = 0;  ///< cosine, 1: alike; by words: the better, the greater
  int width = 0, height = 0;
  int x = 0, y = 0, part_width = 0, part_height = 0;  ///< px: the part that looks so, or is shown
  /// That it and the picture are one picture; nothing: they are not, or nobody asked.
  std::optional<SimilarCopy> copy = {};
};

struct SimilarReport {
  std::vector<SimilarWork> works;                            ///< the likest first
  std::int64_t known = 0;                                    ///< works in the library
  std::int64_t looked_at = 0, unchanged = 0, forgotten = 0;  ///< in the folders, this time
  std::vector<std::string> skipped;                          ///< why, of each that cannot be read
  std::filesystem::path library, sheet;
  double seconds_looking = 0, seconds_finding = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::ordered_json to_json(const SimilarReport& report);

/// Brings the library up to date with the folders, then looks for works. Files that have not
/// changed are not looked at again; those that are gone are forgotten; when it is stopped, what was
/// looked at is kept. The picture itself, when it lies there, is among what is found. With `points`
/// the 30 likest works are compared point by point (vision/copies.hpp), and those that are the same
/// picture come first.
///
/// Throws Error bad_input when the picture or a folder cannot be read, or the library is damaged;
/// invalid_argument for a region outside the picture and when there is nothing to look for;
/// missing_weights; cancelled.
[[nodiscard]] SimilarReport similar(const SimilarRequest& request,
                                    const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
