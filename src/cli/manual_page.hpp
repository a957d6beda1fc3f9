// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/outline.hpp"

namespace atelier::cli {

/// A manual page in the language of man(7). `path`: the words that call the command, "atelier train
/// fast"; `version`: of the program.
[[nodiscard]] std::string manual_page(const CommandOutline& command, const std::string& path,
                                      const std::string& version);

}  // namespace atelier::cli
