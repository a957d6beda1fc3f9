// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/command.hpp"

#include <algorithm>

namespace atelier::studio {

std::string Option::json_name() const {
  std::string name = spec.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool Output::delivers(std::string_view file) const {
  return only.empty() || std::any_of(only.begin(), only.end(), [&](std::string_view one) {
           const std::size_t star = one.find('*');
           if (star == one.npos) return file == one;
           return file.size() + 1 >= one.size() && file.starts_with(one.substr(0, star)) &&
                  file.ends_with(one.substr(star + 1));
         });
}

const Option* Command::option(std::string_view json_name) const {
  for (const Option& one : options) {
    if (one.json_name() == json_name) return &one;
  }
  return nullptr;
}

const Command* find_command(const std::vector<Command>& among, std::string_view name) {
  for (const Command& command : among) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

}  // namespace atelier::studio
