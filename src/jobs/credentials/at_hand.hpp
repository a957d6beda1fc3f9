// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace atelier::jobs {

/// The recipe that a picture or film carries, as JSON; null when it carries none that can be read,
/// or is neither.
[[nodiscard]] nlohmann::json carried_recipe(const std::filesystem::path& file);

/// Works from which another may have been made, looked up by what its recipe says of them.
class WorksAtHand {
 public:
  /// `made`: the work whose recipe it is; works are also looked for beside it. Throws Error
  /// bad_input when one that was named cannot be read.
  WorksAtHand(std::filesystem::path made, const std::vector<std::filesystem::path>& named);

  /// The file with this SHA-256, among those named, at its recorded path, or under that name beside
  /// the work. `recorded`: may be empty.
  [[nodiscard]] std::optional<std::filesystem::path> by_digest(const std::string& sha256,
                                                               const std::string& recorded) const;

  /// A picture that a generator painted, of this file name: its recipe names the generator
  /// `model_sha256`, and the same numbers that it grew from; a picture that was named is taken at
  /// its name.
  [[nodiscard]] std::optional<std::filesystem::path> member(const nlohmann::json& family,
                                                            const std::string& model_sha256) const;

 private:
  std::filesystem::path made_;
  std::map<std::string, std::filesystem::path> by_digest_;
  std::vector<std::filesystem::path> named_;
};

}  // namespace atelier::jobs
