// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/file_search.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view wild = "*?[";

using Names = std::vector<std::string>;

Names names_of(const fs::path& path) {
  Names names;
  for (const fs::path& name : path.lexically_normal()) {
    if (!name.empty() && name != ".") names.push_back(name.string());
  }
  return names;
}

bool named_from(const Names& pattern, std::size_t p, const Names& path, std::size_t i) {
  if (p == pattern.size()) return i == path.size();
  if (pattern[p] == "**") {
    if (named_from(pattern, p + 1, path, i)) return true;
    return i < path.size() && !path[i].starts_with('.') && named_from(pattern, p, path, i + 1);
  }
  return i < path.size() && ::fnmatch(pattern[p].c_str(), path[i].c_str(), FNM_PERIOD) == 0 &&
         named_from(pattern, p + 1, path, i + 1);
}

/// Folders below the root that a pattern can reach.
std::size_t depth_of(std::string_view pattern) {
  const Names names = names_of(pattern);
  if (std::find(names.begin(), names.end(), "**") != names.end())
    return std::numeric_limits<std::size_t>::max();
  const Names root = names_of(pattern_root(pattern));
  return names.size() - root.size() - 1;
}

class Search {
 public:
  Search(const fs::path& without, bool hidden) : hidden_(hidden) {
    std::error_code error;
    if (!without.empty()) without_ = fs::weakly_canonical(without, error);
  }

  /// Looks into `folder` and, so many folders deep, into those within.
  void look_into(const fs::path& folder, std::size_t depth) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error || !seen_.insert(real).second) return;
    if (real == without_) return;
    std::vector<fs::path> entries;
    error.clear();
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      entries.push_back(entry->path());
    }
    if (error) found_.unreadable.push_back(folder);
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
      if (!hidden_ && entry.filename().string().starts_with('.')) continue;
      const fs::path shown = folder == "." ? entry.filename() : entry;
      if (fs::is_directory(entry, error)) {
        if (depth > 0) look_into(shown, depth - 1);
      } else if (fs::is_regular_file(entry, error)) {
        found_.files.push_back(shown);
      }
    }
  }

  [[nodiscard]] FilesFound take() {
    std::sort(found_.files.begin(), found_.files.end());
    return std::move(found_);
  }

 private:
  fs::path without_;
  bool hidden_;
  std::set<fs::path> seen_;
  FilesFound found_;
};

void check_readable(const FilesFound& found, const fs::path& folder) {
  if (found.unreadable.empty() || found.unreadable.front() != folder) return;
  fail(ErrorKind::bad_input, "the folder {} cannot be read; see to its permissions.",
       folder.string());
}

}  // namespace

bool is_pattern(std::string_view path) {
  std::error_code error;
  return path.find_first_of(wild) != path.npos && !fs::exists(path, error);
}

fs::path pattern_root(std::string_view pattern) {
  const std::string_view before = pattern.substr(0, pattern.find_first_of(wild));
  const auto slash = before.rfind('/');
  if (slash == before.npos) return ".";
  return slash == 0 ? "/" : fs::path(before.substr(0, slash));
}

bool pattern_names(std::string_view pattern, const fs::path& path) {
  return named_from(names_of(pattern), 0, names_of(path), 0);
}

FilesFound files_in(const fs::path& folder, const fs::path& without) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    fail(ErrorKind::bad_input, "there is no folder {}; name one that exists.", folder.string());
  }
  Search search(without, /*hidden=*/false);
  search.look_into(folder, std::numeric_limits<std::size_t>::max());
  FilesFound found = search.take();
  check_readable(found, folder);
  return found;
}

FilesFound files_named(std::string_view pattern, const fs::path& without) {
  const fs::path root = pattern_root(pattern);
  Search search(without, pattern.find("/.") != pattern.npos || pattern.starts_with('.'));
  search.look_into(root, depth_of(pattern));
  FilesFound found = search.take();
  check_readable(found, root);
  std::erase_if(found.files, [&](const fs::path& file) { return !pattern_names(pattern, file); });
  return found;
}

}  // namespace atelier
