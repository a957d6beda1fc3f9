// SPDX-License-Identifier: Apache-2.0
#include "provenance/strict_json.hpp"

#include <set>
#include <string>
#include <vector>

namespace atelier::provenance {

std::optional<nlohmann::json> parse_strict_json(std::string_view text, int deepest) {
  using Event = nlohmann::json::parse_event_t;
  bool refused = false;
  std::vector<std::set<std::string>> names;  // of each object that is open
  const auto watch = [&](int depth, Event event, nlohmann::json& value) {
    if (refused) return false;
    if (event == Event::object_start) names.emplace_back();
    if (event == Event::object_end) names.pop_back();
    if (event == Event::key && !names.back().insert(value.get<std::string>()).second)
      refused = true;
    if ((event == Event::object_start || event == Event::array_start) && depth >= deepest)
      refused = true;
    return !refused;  // what is refused is left out, so that nothing grows deep
  };
  nlohmann::json json = nlohmann::json::parse(text, watch, /*allow_exceptions=*/false);
  if (refused || json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace atelier::provenance
