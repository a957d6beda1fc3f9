// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/jobs/size_buckets.hpp"

namespace atelier::jobs {

/// How pictures are packed. Ranges and help stand in pack_option_table().
struct PackOptions {
  int short_edge = 256;
  std::string duplicates = "drop";
  std::string labels = "given";
  std::string label_column;
  std::vector<std::string> unlike;
};
[[nodiscard]] const OptionTable<PackOptions>& pack_option_table();

/// Pictures to be packed into one file for training.
struct PackRequest {
  /// Files, folders with all folders within, patterns, tables (.csv, .tsv), MS-COCO's annotations
  /// (.json), archives (.zip, .tar, .tar.gz), LSUN's databases (folders with data.mdb):
  /// src/jobs/sources/picture_source.hpp.
  std::vector<std::string> pictures;
  std::filesystem::path output;
  PackOptions options;
};

struct PackReport {
  std::filesystem::path output;
  std::int64_t pictures = 0;
  std::int64_t twice = 0;               ///< left out: the same pixels again
  std::vector<std::string> duplicates;  ///< left out: look like an earlier one
  std::vector<std::string> alike;       ///< left out: look like one of options.unlike
  std::vector<std::string> unreadable;  ///< left out, with why
  std::int64_t bytes = 0;
  std::string digest;
  std::map<std::string, std::int64_t> labels;  ///< how many pictures of each class
  SizeBuckets sizes;                           ///< ... of each size and shape
};
[[nodiscard]] nlohmann::json to_json(const PackReport& report);

/// Reads, shrinks and packs every picture (include/atelier/train/picture_set.hpp). One that cannot
/// be read is left out and told. Throws Error bad_input when a folder cannot be read,
/// invalid_argument when no picture is left, io when the file cannot be written.
[[nodiscard]] PackReport pack(const PackRequest& request, const OnProgress& on_progress = {});

/// What a set holds, without reading its pictures.
[[nodiscard]] PackReport set_info(const std::filesystem::path& path);

/// How a set is divided. Ranges and help stand in split_option_table().
struct SplitOptions {
  double share = 0.1;
  std::string by = "picture";
};
[[nodiscard]] const OptionTable<SplitOptions>& split_option_table();

struct SplitRequest {
  std::filesystem::path set, first, second;
  SplitOptions options;
};
struct SplitReport {
  PackReport first, second;
};

/// Divides a set in two, such as for training and for measuring, by digests: the same picture, or
/// artist, goes the same way whatever else the set holds. Throws Error invalid_argument when one
/// would be empty.
[[nodiscard]] SplitReport split(const SplitRequest& request);

/// Reads every picture of a packed set and compares it with its digest.
[[nodiscard]] PackReport check_set(const std::filesystem::path& path);

}  // namespace atelier::jobs
