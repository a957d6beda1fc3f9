// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace atelier::cli {

/// Adds every command of the program, in the order of its help.
void add_commands(CLI::App& app, Action& action);

}  // namespace atelier::cli
