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

namespace atelier::jobs {

/// How much a board holds. Ranges and help stand in inspire_option_table().
struct InspireOptions {
  int works = 6;
  int styles = 3;
  int sketches = 4;
  std::vector<std::string> names;
  std::string library;
  std::string model;
  std::uint64_t seed = 0;
  int threads = 0;
};
[[nodiscard]] const OptionTable<InspireOptions>& inspire_option_table();

/// A board of ideas for a word, a mood, a poem or a picture.
struct InspireRequest {
  std::string idea;  ///< words, or the path of a picture or of a text file
  std::vector<std::filesystem::path> folders;  ///< the collection that is looked through
  std::filesystem::path output;                ///< an HTML page
  InspireOptions options;
};

/// A work of the collection that fits.
struct FittingWork {
  std::filesystem::path path;
  std::string name;                  ///< as it is called, without a suffix
  double fit = 0;                    ///< the greater, the better; sums 1 / (10 + rank) of reasons
  std::vector<std::string> reasons;  ///< in words
  std::string command;               ///< that finds it again
};

/// A picture or a text on the board, and the command that makes it.
struct BoardItem {
  std::string kind;     ///< "palette", "composition", "style", "sketch" or "verse"
  std::string title;    ///< in words
  std::string text;     ///< of a verse, or what was measured
  std::string command;  ///< in a POSIX shell
};

struct InspireReport {
  std::filesystem::path output;
  std::string idea;
  std::vector<FittingWork> works;
  std::vector<BoardItem> items;
  std::vector<std::string> left_out;  ///< what the board has not, and why
  double seconds = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::ordered_json to_json(const InspireReport& report);

/// Looks for works that fit, and shows them with their colours, how two of them are built, what
/// styles of the collection go with the first of them (or with the picture) and what it would look
/// like, sketches of a generator where one is named, and a verse. The same request on the same
/// collection gives the same board.
///
/// Words are looked for among names of files and folders, among names that are given in their
/// place, and among things in works; names of
/// colours among their colours, moods among what viewers would feel. A picture is compared by
/// content, style, palette and composition.
///
/// Throws Error bad_input when nothing fits or a folder or the idea cannot be read;
/// invalid_argument for an output that is no page; missing_weights; cancelled, with nothing
/// written.
[[nodiscard]] InspireReport inspire(const InspireRequest& request,
                                    const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
