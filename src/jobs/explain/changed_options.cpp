// SPDX-License-Identifier: Apache-2.0
#include "jobs/explain/changed_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace atelier::jobs {
namespace {

constexpr std::array<std::string_view, 5> schedule{"size", "min-size", "scale-step", "iterations",
                                                   "first-iterations"};
constexpr std::array<std::string_view, 2> ends{"until-loss", "time-limit"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string note_for(const OptionSpec& spec) {
  if (spec.group == "Machine") return "It decides how the picture is computed, not what it shows.";
  if (holds(schedule, spec.name))
    return "The small pictures all have the same size and steps, so it does not show in them.";
  if (holds(ends, spec.name)) return "It ends the painting early; the small ones run to their end.";
  return "";
}

}  // namespace

std::vector<ChangedOption> changed_options(const style::StylizeOptions& options) {
  const style::StylizeOptions defaults = style::preset_options(options.preset);
  std::vector<ChangedOption> changed;
  for (const auto& entry : style::stylize_option_table().entries()) {
    OptionValue value = entry.get(options), usual = entry.get(defaults);
    if (value == usual) continue;
    changed.push_back({entry.spec.name, std::move(value), std::move(usual), note_for(entry.spec)});
  }
  return changed;
}

style::StylizeOptions in_small(style::StylizeOptions options) {
  options.size = 192;
  options.min_size = 96;
  options.scale_step = 2;
  options.first_iterations = 30;
  options.iterations = 14;
  options.until_loss = 0;
  options.time_limit = 0;
  return options;
}

std::string typed(const std::string& option, const OptionValue& value) {
  const auto* entry = style::stylize_option_table().find(option);
  const auto word = [](const nlohmann::json& json) {
    if (json.is_string()) return json.get<std::string>();
    return json.is_number_float() ? fmt::format("{}", json.get<double>()) : json.dump();
  };
  const nlohmann::json json = option_to_json(entry->spec, value);
  if (!json.is_array()) return word(json);
  std::string text;
  for (const auto& part : json) text += (text.empty() ? "" : ",") + word(part);
  return text;
}

}  // namespace atelier::jobs
