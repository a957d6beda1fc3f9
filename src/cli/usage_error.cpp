// SPDX-License-Identifier: Apache-2.0
#include "cli/usage_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/suggest.hpp"

namespace atelier::cli {
namespace {

/// The command that was being read when the error came: the deepest that was named.
const CLI::App& innermost(const CLI::App& app) {
  const auto named = app.get_subcommands();
  return named.empty() ? app : innermost(*named.front());
}

std::string full_name(const CLI::App& app) {
  return app.get_parent() ? full_name(*app.get_parent()) + " " + app.get_name() : app.get_name();
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// Control characters, which would break the line, are shown as '?'.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return text;
}

std::string extra_word_message(const CLI::App& command, const std::string& word) {
  const std::string shown = printable(word);
  const std::string name = full_name(command);
  if (!word.starts_with('-'))
    return fmt::format("'{}' is one word too many; see `{} --help`.", shown, name);
  const std::string option = word.substr(0, word.find('='));
  const std::string meant = suggest(option, option_names(command));
  if (meant.empty())
    return fmt::format("there is no option {}; `{} --help` lists them.", shown, name);
  return fmt::format("there is no option {}; did you mean {}?", shown, meant);
}

}  // namespace

const CLI::App* find_command(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

std::string unknown_command_message(const CLI::App& app, const std::string& word) {
  const std::string meant = suggest(word, command_names(app));
  if (meant.empty()) {
    return fmt::format("there is no command '{}'; `{} --help` lists them.", printable(word),
                       full_name(app));
  }
  return fmt::format("there is no command '{}'; did you mean `{} {}`?", printable(word),
                     full_name(app), meant);
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  const bool no_command =
      dynamic_cast<const CLI::RequiredError*>(&error) && !command_names(command).empty();
  if (no_command || dynamic_cast<const CLI::ExtrasError*>(&error)) {
    const std::vector<std::string> extra = app.remaining(true);
    if (!extra.empty()) return extra_word_message(command, extra.front());
  }
  if (no_command) {
    return fmt::format("`{}` needs a command: {}.", full_name(command),
                       fmt::join(command_names(command), ", "));
  }
  std::string what = printable(error.what());
  const std::size_t too_many = what.find(": At Most 1 required");
  if (too_many != std::string::npos) {
    return fmt::format("{} was given more than once; give it once.", what.substr(0, too_many));
  }
  while (!what.empty() && (what.back() == '.' || what.back() == ' ')) what.pop_back();
  return fmt::format("{}; see `{} --help`.", what, full_name(command));
}

}  // namespace atelier::cli
