// SPDX-License-Identifier: Apache-2.0
#include "cli/outline.hpp"

#include <algorithm>
#include <cctype>

namespace atelier::cli {
namespace {

/// "draft|standard|best" as words; nothing where it is a range, a unit or may be a file's name.
std::vector<std::string> words_of(const std::string& takes) {
  std::vector<std::string> words{""};
  for (const char c : takes) {
    if (c == '|')
      words.emplace_back();
    else
      words.back() += c;
  }
  const auto is_word = [](const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
      return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-' || c == '_';
    });
  };
  if (words.size() < 2 || !std::all_of(words.begin(), words.end(), is_word)) return {};
  return words;
}

OptionOutline outline_of(const CLI::Option& option) {
  OptionOutline outline;
  for (const std::string& name : option.get_snames()) outline.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) outline.names.push_back("--" + name);
  outline.argument = outline.names.empty();
  if (outline.argument) outline.names.push_back(option.get_name(true));
  outline.help = option.get_description();
  if (!outline.argument && option.get_items_expected_max() > 0) {
    outline.takes = option.get_type_name();
    // What checks add after a colon says the same once more.
    if (const auto colon = outline.takes.find(":{"); colon != std::string::npos)
      outline.takes.resize(colon);
    if (outline.takes.empty()) outline.takes = "TEXT";
  }
  outline.words = words_of(outline.takes);
  outline.group = option.get_group();
  return outline;
}

}  // namespace

CommandOutline outline_of(const CLI::App& app) {
  CommandOutline outline{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty()) outline.options.push_back(outline_of(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) outline.commands.push_back(outline_of(*command));
  }
  return outline;
}

}  // namespace atelier::cli
