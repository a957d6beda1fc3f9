// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace atelier::jobs {

/// What a board is about.
struct Idea {
  std::filesystem::path picture;   ///< empty: words
  std::string text;                ///< as it was given, or what the text file holds
  std::vector<std::string> words;  ///< those that may tell something, each once, in small letters
  bool chinese = false;            ///< whether most of its letters are Chinese
};

/// A path of a picture or of a text file (.txt), or words. Throws Error bad_input for a file that
/// cannot be read, or that is neither, and for words that say nothing.
[[nodiscard]] Idea read_idea(const std::string& given);

/// Whether two words have the same beginning, as "angry" and "anger": at least three letters and
/// three fifths of the shorter.
[[nodiscard]] bool akin(const std::string& one, const std::string& other);

}  // namespace atelier::jobs
