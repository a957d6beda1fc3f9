// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "atelier/base/base64.hpp"
#include "atelier/jobs/ledger.hpp"
#include "cli/commands.hpp"
#include "cli/passphrase.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed after `ledger`.
struct GivenLedger {
  std::string folder, input, output, identity, origin, as, log_key, policy, since, entry, number;
  std::vector<std::string> sources, show, keys, witnesses;
  GivenPassphrase passphrase;
  GivenOptions options;
  bool json = false, quiet = false;
};

CLI::App* add_ledger_action(CLI::App& parent, const std::shared_ptr<GivenLedger>& given,
                            Action& action, const char* name, const char* help,
                            int (*act)(const GivenLedger&));
void add_folder(CLI::App& command, GivenLedger& given);
void add_output(CLI::App& command, GivenLedger& given, const char* help);

/// Adds grow, witness and verify.
void add_ledger_checks(CLI::App& ledger, const std::shared_ptr<GivenLedger>& given, Action& action);

/// The number of an option that must be given. Throws Error invalid_argument for what is none.
[[nodiscard]] inline std::uint64_t number_of(const GivenLedger& given, const char* option) {
  const OptionSpec spec{option, "", "", "", 0, {}, {}, {}};
  return std::get<std::uint64_t>(
      parse_option(spec, std::uint64_t{0}, std::string_view(given.number)));
}

[[nodiscard]] inline std::string root_text(const provenance::TreeHead& head) {
  return to_base64(as_text(head.root));
}

}  // namespace atelier::cli
