// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace atelier::appraise {

/// A picture to learn from.
struct Work {
  std::filesystem::path file;
  std::string collection;  ///< name of the folder that it was read from
  std::string label;       ///< its class; empty where none is told
  std::string artist;      ///< artist_key(); empty where nobody is told
};

/// Pictures in a folder whose subfolders are classes, named ARTIST_TITLE.suffix; sorted by path.
/// Throws Error bad_input when there are none, or all are of one class.
[[nodiscard]] std::vector<Work> read_classes(const std::filesystem::path& folder);

/// What viewers said of works.
struct Emotions {
  std::vector<std::string> names;
  std::vector<Work> works;
  std::vector<std::vector<double>> shares;  ///< of each work, one for each name, 0..1
};

/// A table with tabs between columns and a heading: "ID" (a picture of that name lies in `folder`),
/// "Artist", and for each emotion `prefix` + its name, the share of viewers who named it. Rows
/// without a picture are left out. Source of the form: Mohammad, Kiritchenko, "WikiArt Emotions",
/// LREC 2018.
///
/// Throws Error bad_input when the table lacks a column, a share is none, or no picture is there.
[[nodiscard]] Emotions read_emotions(const std::filesystem::path& folder,
                                     const std::filesystem::path& table, const std::string& prefix);

}  // namespace atelier::appraise
