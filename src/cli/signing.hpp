// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "atelier/jobs/credentials.hpp"
#include "cli/passphrase.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed about signing.
struct GivenSigning {
  std::string identity;
  GivenOptions statement;
  GivenPassphrase passphrase;
  bool no_training = false;
  bool mark = false;
};

/// What is said of a work, and the passphrase; `names` of statement_option_table().
void add_statement_options(CLI::App& app, GivenSigning& given,
                           const std::vector<std::string>& names);

/// --sign and what goes with it, for commands that make works.
void add_signing_options(CLI::App& app, GivenSigning& given);

/// The signer that was named, unlocked before there is anything to lose; null when none was. Throws
/// Error invalid_argument when something was said of a work that is not to be signed.
[[nodiscard]] std::unique_ptr<jobs::Signer> open_signer(const GivenSigning& given);

/// Signs a work that was just made, when there is a signer.
/// Throws what Signer::sign_output() throws, with a sentence that the work is there, unsigned.
void sign_made(const jobs::Signer* signer, const std::filesystem::path& work,
               const std::vector<std::filesystem::path>& at_hand);

}  // namespace atelier::cli
