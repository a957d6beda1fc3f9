// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"

namespace atelier::jobs {

/// How pictures are packed. Ranges and help stand in pack_option_table().
struct PackOptions {
  int short_edge = 256;
  std::vector<std::string> unlike;
};
[[nodiscard]] const OptionTable<PackOptions>& pack_option_table();

/// Pictures to be packed into one file for training.
struct PackRequest {
  std::vector<std::string> pictures;  ///< files, folders with all folders within, or patterns
  std::filesystem::path output;
  PackOptions options;
};

struct PackReport {
  std::filesystem::path output;
  std::int64_t pictures = 0;
  std::int64_t twice = 0;               ///< left out: the same pixels again
  std::vector<std::string> alike;       ///< left out: look like one of options.unlike
  std::vector<std::string> unreadable;  ///< left out, with why
  std::int64_t bytes = 0;
  std::string digest;
};
[[nodiscard]] nlohmann::json to_json(const PackReport& report);

/// Reads, shrinks and packs every picture (include/atelier/train/picture_set.hpp). One that cannot
/// be read is left out and told. Throws Error bad_input when a folder cannot be read,
/// invalid_argument when no picture is left, io when the file cannot be written.
[[nodiscard]] PackReport pack(const PackRequest& request, const OnProgress& on_progress = {});

/// Reads every picture of a packed set and compares it with its digest.
[[nodiscard]] PackReport check_set(const std::filesystem::path& path);

}  // namespace atelier::jobs
