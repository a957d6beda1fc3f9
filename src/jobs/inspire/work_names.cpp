// SPDX-License-Identifier: Apache-2.0
#include "jobs/inspire/work_names.hpp"

#include <algorithm>
#include <cctype>

#include "atelier/base/error.hpp"
#include "jobs/inspire/board_page.hpp"

namespace atelier::jobs {
namespace {

/// One path for one file, however it was named.
std::filesystem::path whole(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path canonical = std::filesystem::weakly_canonical(path, error);
  return error ? path : canonical;
}

}  // namespace

WorkNames::WorkNames(const std::vector<std::filesystem::path>& paths,
                     const std::vector<std::string>& names) {
  if (names.empty()) return;
  if (names.size() != paths.size()) {
    fail(ErrorKind::invalid_argument,
         "{} names are given for {} works; give one for each, in the order of their files.",
         names.size(), paths.size());
  }
  for (std::size_t i = 0; i < paths.size(); ++i) given_[whole(paths[i])] = names[i];
}

std::string WorkNames::of(const std::filesystem::path& path) const {
  const auto given = given_.find(whole(path));
  return shown_name(given == given_.end() ? path : std::filesystem::path(given->second));
}

std::vector<std::filesystem::path> WorkNames::with(std::string_view word) const {
  std::vector<std::filesystem::path> found;
  for (const auto& [path, name] : given_) {
    std::string small = name;
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (small.find(word) != small.npos) found.push_back(path);
  }
  return found;
}

}  // namespace atelier::jobs
