// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <istream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace atelier::jobs {

/// Reads events as people and programs write them: an object a line (JSON Lines), one object, or an
/// array of objects. Lines are read as they are needed; the other two whole.
class EventReader {
 public:
  /// A file, or "-" for standard input. Throws Error bad_input when it cannot be read.
  explicit EventReader(const std::string& source);

  /// At most `most` more events; none at the end. Throws Error bad_input which names the line.
  [[nodiscard]] std::vector<nlohmann::json> next(std::size_t most);

 private:
  [[nodiscard]] std::optional<std::string> line();
  [[nodiscard]] std::string rest_after(std::string text);

  std::ifstream file_;
  std::istream& in_;
  std::string name_;
  std::uint64_t number_ = 0;  // of lines that were read
  bool begun_ = false;
  std::vector<nlohmann::json> whole_;  // in reverse, of what was read whole
};

}  // namespace atelier::jobs
