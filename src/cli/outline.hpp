// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace atelier::cli {

/// An option or an argument as people type it.
struct OptionOutline {
  std::vector<std::string> names;  ///< "-o", "--output"; of an argument its one name
  std::string help, takes;         ///< "optimize|fast", "FILE"; empty: a flag
  std::string group;
  std::vector<std::string> words;  ///< all that it takes, when that is a few words
  bool argument = false;           ///< it has no dashes
};

/// A command with all below it, without those that are not for people.
struct CommandOutline {
  std::string name, help;
  std::vector<OptionOutline> options;
  std::vector<CommandOutline> commands;
};

/// What the command line takes: manual pages and completions are written from it.
[[nodiscard]] CommandOutline outline_of(const CLI::App& app);

}  // namespace atelier::cli
