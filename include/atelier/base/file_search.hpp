// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace atelier {

/// Whether a path that the user typed is a pattern: it has *, ? or [ and no file of this very name
/// exists.
[[nodiscard]] bool is_pattern(std::string_view path);

/// The folder beneath which everything that a pattern can name lies: "photos" of "photos/*/a?.jpg",
/// "." of "*.jpg".
[[nodiscard]] std::filesystem::path pattern_root(std::string_view pattern);

/// Whether `path` is one that `pattern` names. *, ? and [a-z] stand for parts of one name, as
/// POSIX's fnmatch() has them; ** for any number of folders, none included. What is hidden is
/// named only by its dot.
[[nodiscard]] bool pattern_names(std::string_view pattern, const std::filesystem::path& path);

/// What a search found.
struct FilesFound {
  std::vector<std::filesystem::path> files;       ///< beginning with what was searched; sorted
  std::vector<std::filesystem::path> unreadable;  ///< folders that could not be looked into
};

/// Every file in a folder and the folders within. Links are followed, each folder is looked into
/// once, so that links in a circle end; hidden files and folders, and the folder `without`, are
/// left out. Throws Error bad_input when the folder itself cannot be read.
[[nodiscard]] FilesFound files_in(const std::filesystem::path& folder,
                                  const std::filesystem::path& without = {});

/// The same of what a pattern names.
[[nodiscard]] FilesFound files_named(std::string_view pattern,
                                     const std::filesystem::path& without = {});

}  // namespace atelier
