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
#include "atelier/style/compatibility.hpp"

namespace atelier::jobs {

/// How styles are ranked. Ranges and help stand in match_option_table().
struct MatchOptions {
  std::string by = "total";      ///< what they are ranked by, least first
  int top = 0;                   ///< how many are told of, 0: all
  int size = style::match_size;  ///< px, long edge that pictures are compared at
  int threads = 0;               ///< 0: all
};

[[nodiscard]] const OptionTable<MatchOptions>& match_option_table();

/// Which of the styles suit this photograph?
struct MatchRequest {
  std::filesystem::path content;
  std::vector<std::filesystem::path> styles;          ///< pictures, folders of them, patterns
  std::vector<std::filesystem::path> leave_out = {};  ///< files in those folders that do not count
  MatchOptions options;
};

struct MatchedStyle {
  std::filesystem::path path;
  style::Compatibility compatibility;
};

/// A picture of a folder that could not be read, and why.
struct SkippedStyle {
  std::filesystem::path path;
  std::string reason;
};

struct MatchReport {
  std::filesystem::path content;
  std::vector<MatchedStyle> styles;  ///< best first, at most options.top
  int compared = 0;                  ///< how many there were
  std::vector<SkippedStyle> skipped;
  int size = 0;  ///< px
  double seconds = 0;
  std::string model, device;
  int threads = 0;
  std::int64_t peak_rss_bytes = 0;
};

[[nodiscard]] nlohmann::json to_json(const MatchReport& report);

/// Compares the photograph with each style and ranks them, best first; nothing is painted.
///
/// A picture that was named and cannot be read ends it; one that lies in a named folder is skipped
/// and reported. A file that is named twice counts once. Throws Error bad_input when no style is
/// left, cancelled when `stop` was requested, and as nets::FeatureNet::load.
[[nodiscard]] MatchReport match(const MatchRequest& request, const OnProgress& on_progress = {},
                                std::stop_token stop = {});

}  // namespace atelier::jobs
