// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "atelier/base/options.hpp"
#include "cli/commands.hpp"

namespace atelier::cli {

/// What was typed for each option of a table, by its name; checked when it is applied.
using GivenOptions = std::map<std::string, std::string>;

/// Adds one option of the command line for a table's option: --name, group, help, what it takes and
/// its default all come from the table.
void add_table_option(CLI::App& app, GivenOptions& given, const OptionSpec& spec,
                      const OptionValue& default_value);

/// Adds every option of a table, or those that `names` lists; the help shows `defaults`.
template <class T>
void add_table_options(CLI::App& app, GivenOptions& given, const OptionTable<T>& table,
                       const std::vector<std::string>& names = {}, const T& defaults = {}) {
  for (const auto& entry : table.entries()) {
    if (!names.empty() && std::find(names.begin(), names.end(), entry.spec.name) == names.end())
      continue;
    add_table_option(app, given, entry.spec, entry.get(defaults));
  }
}

/// Stores what was typed. Throws Error invalid_argument for what an option does not take.
template <class T>
void apply_options(const OptionTable<T>& table, const GivenOptions& given, T& options) {
  for (const auto& entry : table.entries()) {
    const auto found = given.find(entry.spec.name);
    if (found != given.end()) entry.parse(options, std::string_view(found->second));
  }
}

}  // namespace atelier::cli
