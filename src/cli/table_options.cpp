// SPDX-License-Identifier: Apache-2.0
#include "cli/table_options.hpp"

#include "cli/option_text.hpp"

namespace atelier::cli {

void add_table_option(CLI::App& app, GivenOptions& given, const OptionSpec& spec,
                      const OptionValue& default_value) {
  const std::string value = value_text(spec, default_value);
  const std::string help = value.empty() ? spec.help : fmt::format("{} [{}]", spec.help, value);
  app.add_option_function<std::string>(
         "--" + spec.name,
         [&given, name = spec.name](const std::string& text) { given[name] = text; }, help)
      ->type_name(kind_text(spec, default_value))
      ->group(spec.group);
}

}  // namespace atelier::cli
