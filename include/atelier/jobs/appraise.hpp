// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/appraise/appraiser.hpp"
#include "atelier/appraise/parts.hpp"
#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"

namespace atelier::jobs {

/// Ranges and help stand in appraise_option_table().
struct AppraiseOptions {
  int top = 5;        ///< how many classes of each kind are told
  std::string model;  ///< a file that `train appraisal` made; empty: the one that comes along
  int threads = 0;    ///< 0: all
};

[[nodiscard]] const OptionTable<AppraiseOptions>& appraise_option_table();

/// What are these works?
struct AppraiseRequest {
  std::vector<std::filesystem::path> works;      ///< pictures, folders of them, patterns
  std::vector<std::filesystem::path> reference;  ///< works by one painter to compare with, the same
  std::filesystem::path page;  ///< an HTML page with all of it and pictures; empty: none
  AppraiseOptions options;
};

struct AppraisedWork {
  std::filesystem::path path;
  int width = 0, height = 0;  ///< px
  appraise::Appraisal appraisal;
  std::optional<appraise::Attribution> attribution;  ///< where there is a reference
  std::vector<appraise::PartLikeness> parts;         ///< the same, unless the work is too small
  double seconds = 0;                                ///< reading it and looking at it
};

/// A picture of a folder that could not be read, and why.
struct SkippedWork {
  std::filesystem::path path;
  std::string reason;
};

struct AppraiseReport {
  std::vector<AppraisedWork> works;
  std::vector<SkippedWork> skipped;
  int top = 0;
  double seconds = 0;  ///< loading the model included
  std::filesystem::path model;
  std::string model_sha256, device;
  int threads = 0;
  std::int64_t peak_rss_bytes = 0;
};

[[nodiscard]] nlohmann::json to_json(const AppraiseReport& report);

/// Appraises each work by itself, in the order they were named in, and writes the page.
///
/// A picture that was named and cannot be read ends it; one that lies in a named folder is skipped
/// and reported. A file that is named twice counts once. A work that is itself in the reference is
/// compared with the rest of it. Throws Error bad_input when no work is
/// left, cancelled when `stop` was requested, and as appraise::Appraiser and
/// appraise::load_eyes().
[[nodiscard]] AppraiseReport appraise_works(const AppraiseRequest& request,
                                            const OnProgress& on_progress = {},
                                            std::stop_token stop = {});

}  // namespace atelier::jobs
