// SPDX-License-Identifier: Apache-2.0
#include "cli/options_markdown.hpp"

#include "atelier/jobs/batch.hpp"
#include "atelier/jobs/film.hpp"
#include "atelier/jobs/stylize.hpp"
#include "cli/option_text.hpp"

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
