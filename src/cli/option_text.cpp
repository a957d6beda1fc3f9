// SPDX-License-Identifier: Apache-2.0
#include "cli/option_text.hpp"

#include <fmt/ranges.h>

#include <iterator>

#include "atelier/jobs/batch.hpp"
#include "atelier/jobs/film.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::cli {
namespace {

/// A | would end the cell.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != text.npos; at = text.find('|', at + 2))
    text.insert(at, "\\");
  return text;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + text + "`";
}

template <class T>
std::string markdown_tables(const OptionTable<T>& table) {
  std::string text, group;
  for (const auto& entry : table.entries()) {
    if (entry.spec.group != group) {
      group = entry.spec.group;
      text += fmt::format(
          "\n## {}\n\n| option | takes | default | what it does |\n|---|---|---|---|\n", group);
    }
    const OptionValue value = entry.default_value();
    text += fmt::format("| `--{}` | {} | {} | {} |\n", entry.spec.name,
                        cell(kind_text(entry.spec, value)), code(value_text(entry.spec, value)),
                        cell(entry.spec.help));
  }
  return text;
}

/// What a preset sets apart from the defaults.
std::string preset_line(const std::string& preset) {
  const style::StylizeOptions options = style::preset_options(preset);
  std::string text;
  for (const auto& entry : style::stylize_option_table().entries()) {
    const OptionValue value = entry.get(options);
    if (entry.spec.name == "preset" || value == entry.default_value()) continue;
    text += fmt::format("{}`--{} {}`", text.empty() ? "" : ", ", entry.spec.name,
                        value_text(entry.spec, value));
  }
  return fmt::format("| `{}` | {} |\n", preset, text.empty() ? "the defaults below" : text);
}

}  // namespace

std::string value_text(const OptionSpec& spec, const OptionValue& value) {
  return std::visit(
      [&]<class V>(const V& v) -> std::string {
        if constexpr (std::is_same_v<V, bool>) {
          return v ? "on" : "off";
        } else if constexpr (std::is_arithmetic_v<V>) {
          for (const auto& [word, number] : spec.words) {
            if (static_cast<double>(v) == number) return word;
          }
          return fmt::format("{}", v);
        } else if constexpr (std::is_same_v<V, std::string>) {
          return v;
        } else {
          return fmt::format("{}", fmt::join(v, ","));
        }
      },
      value);
}

std::string kind_text(const OptionSpec& spec, const OptionValue& value) {
  const std::string allowed = allowed_values(spec);
  const bool list = std::holds_alternative<std::vector<double>>(value) ||
                    std::holds_alternative<std::vector<std::string>>(value);
  if (list && allowed.empty()) return spec.unit.empty() ? "LIST" : "LIST of " + spec.unit;
  if (list) return "LIST of " + allowed;
  if (!allowed.empty()) return allowed;
  if (!std::holds_alternative<std::string>(value)) return "NUMBER";
  return spec.unit.empty() ? "TEXT" : spec.unit;
}

std::string options_markdown() {
  std::string text =
      "# Options of `atelier stylize`\n\n"
      "Written by `atelier help options --markdown` from the tables that check the options; a test "
      "keeps it\n"
      "current. Lists are separated by commas. Ranges are inclusive.\n\n"
      "| preset | sets |\n|---|---|\n";
  const auto* preset = style::stylize_option_table().find("preset");
  for (const std::string& name : preset->spec.choices) text += preset_line(name);
  text += markdown_tables(style::stylize_option_table());
  text += markdown_tables(jobs::stylize_extras_table());
  text += markdown_tables(jobs::batch_option_table());
  text += markdown_tables(jobs::film_option_table());
  text += markdown_tables(film::encode_options());
  return text;
}

}  // namespace atelier::cli
