// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace atelier::music {

/// Ids of tokens, 0 to size() - 1, and their names. All vocabularies begin with these three.
class Vocabulary {
 public:
  static constexpr int padding = 0, start = 1, end = 2, first_own = 3;

  /// `names`: of the ids from first_own on, all different.
  explicit Vocabulary(std::vector<std::string> names);

  [[nodiscard]] int size() const noexcept { return static_cast<int>(names_.size()); }
  /// Throws Error invalid_argument for an id that is none.
  [[nodiscard]] const std::string& name(int id) const;
  /// Throws Error invalid_argument for a name that is none.
  [[nodiscard]] int id(std::string_view name) const;
  /// All names by id.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> ids_;
};

}  // namespace atelier::music
