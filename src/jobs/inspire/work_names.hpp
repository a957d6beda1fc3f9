// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::jobs {

/// What works of a collection are called: by those who ask, else as their files are.
class WorkNames {
 public:
  /// `names`: of the works in the order of `paths`; none: their files tell.
  /// Throws Error invalid_argument where there are names, and not one for each work.
  WorkNames(const std::vector<std::filesystem::path>& paths, const std::vector<std::string>& names);

  /// "a garden": the name without its suffix, with spaces for - and _.
  [[nodiscard]] std::string of(const std::filesystem::path& path) const;
  /// Canonical paths of works whose given name has a word, which is in small letters.
  [[nodiscard]] std::vector<std::filesystem::path> with(std::string_view word) const;

 private:
  std::map<std::filesystem::path, std::string> given_;
};

}  // namespace atelier::jobs
