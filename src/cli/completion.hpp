// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/outline.hpp"

namespace atelier::cli {

// A shell's script that completes commands, options and the words that an option takes; everything
// else is completed as files.
[[nodiscard]] std::string bash_completion(const CommandOutline& program);
[[nodiscard]] std::string zsh_completion(const CommandOutline& program);
[[nodiscard]] std::string fish_completion(const CommandOutline& program);

}  // namespace atelier::cli
