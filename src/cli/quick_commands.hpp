// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace atelier::cli {

/// Adds the commands that need no libtorch: those that `atelier` does itself. Whichever is missing
/// here is done all the same, by the program that has them all (hand_over.hpp), and starts slower.
void add_quick_commands(CLI::App& app, Action& action);

}  // namespace atelier::cli
