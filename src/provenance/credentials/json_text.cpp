// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/json_text.hpp"

#include "provenance/credentials/plain_text.hpp"

namespace atelier::provenance {

const nlohmann::json& member(const nlohmann::json& object, const std::string& name) {
  static const nlohmann::json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string text_in(const nlohmann::json& object, const std::string& name) {
  const nlohmann::json& value = member(object, name);
  return value.is_string() ? plain_line(value.get_ref<const std::string&>()) : std::string();
}

}  // namespace atelier::provenance
