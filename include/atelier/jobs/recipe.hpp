// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::jobs {

/// A picture that went into another: where it lay, as the user named it, and what it held.
struct RecordedFile {
  std::string path;
  std::string sha256;
};

/// How a style was chosen from a folder (`--style-from`): what was foretold of it.
struct StyleChoice {
  std::string folder;  ///< as the user named it
  int compared = 0;    ///< how many pictures it held
  double score = 0;    ///< 0..100 (style/compatibility.hpp)
  double foretold_total = 0;
};

[[nodiscard]] nlohmann::json to_json(const StyleChoice& choice);

/// Everything that decides the bytes of a painting, kept in its metadata. Holds no time and no name
/// of the machine, so that the same work gives the same file.
struct Recipe {
  std::string version;            ///< of Atelier
  std::string command;            ///< "stylize"
  style::StylizeOptions options;  ///< with device and threads as they were used
  RecordedFile content;
  std::vector<RecordedFile> styles;
  std::optional<RecordedFile> init;  ///< when options.init names a file
  std::vector<RecordedFile> files;   ///< that other options name, in the order of option_files()
  std::string model;                 ///< "vgg19"
  std::string model_sha256;
  std::string init_sha256;  ///< weights of the one-pass network that made the first picture, if so
  std::string precision = "fp32";
  std::optional<int> stopped_after;   ///< iterations, when the time limit or the user ended the run
  std::string stop_reason;            ///< of such a run: "time_limit" or "cancelled"
  std::optional<StyleChoice> choice;  ///< how `--style-from` chose the style, when it did
  nlohmann::json film;  ///< of a film: the options of its tables; null for a still picture
};

[[nodiscard]] nlohmann::json to_json(const Recipe& recipe);

/// Throws Error bad_input when a field is missing, of a wrong type or out of its range.
[[nodiscard]] Recipe recipe_from_json(const nlohmann::json& json);

/// The recipe in a picture that Atelier made, or in a JSON file.
/// Throws Error bad_input when the file cannot be read, has no recipe, or its recipe is damaged.
[[nodiscard]] Recipe read_recipe(const std::filesystem::path& file);

/// Finds a recorded picture again: at its recorded path from here, from the recipe's folder, or
/// under its name beside the recipe; the first whose content has the recorded digest. Throws Error
/// bad_input which says whether it is missing or has changed.
[[nodiscard]] std::filesystem::path find_recorded(const RecordedFile& recorded,
                                                  const std::filesystem::path& recipe_file);

}  // namespace atelier::jobs
