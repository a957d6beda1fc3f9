// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/jobs/identity.hpp"
#include "cli/commands.hpp"

namespace atelier::cli {

/// Where a passphrase is to come from. Never from the command line, which others can see.
struct GivenPassphrase {
  std::string file, variable;
};

/// Adds --passphrase-file and --passphrase-env, or with a prefix --PREFIX-passphrase-file and so
/// on. `whose`: what it opens, for the help.
void add_passphrase_options(CLI::App& app, GivenPassphrase& given, const std::string& whose,
                            const std::string& prefix = "");

/// Asks what was given, or else the environment variable ATELIER_PASSPHRASE when it is set (without
/// a prefix), or else the terminal, without echo; twice when the passphrase is new. Throws Error
/// bad_input when there is none of them, invalid_argument when both options were given.
[[nodiscard]] jobs::AskPassphrase ask_passphrase(const GivenPassphrase& given,
                                                 const std::string& prompt, bool is_new,
                                                 const std::string& prefix = "");

}  // namespace atelier::cli
