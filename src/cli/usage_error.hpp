// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/commands.hpp"

namespace atelier::cli {

/// What is wrong with a command line, in one sentence with a hint: what was probably meant, or
/// where the help stands.
[[nodiscard]] std::string usage_message(const CLI::App& app, const CLI::ParseError& error);

/// The command of this name, or null.
[[nodiscard]] const CLI::App* find_command(const CLI::App& app, const std::string& name);

/// The sentence for a word that is no command.
[[nodiscard]] std::string unknown_command_message(const CLI::App& app, const std::string& word);

}  // namespace atelier::cli
