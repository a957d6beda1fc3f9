// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "atelier/jobs/catalog.hpp"
#include "cli/commands.hpp"
#include "cli/passphrase.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed after `catalog`.
struct GivenCatalog {
  std::string folder, number, kind, name, ledger, owner, buyer, identity, key, input, output,
      format, files_in, like, words, server;
  std::string copy;
  std::vector<std::string> files, numbers;
  GivenPassphrase passphrase;
  GivenOptions options;
  bool json = false, quiet = false, with_files = false, descending = false, prices = false;
};
using SharedCatalog = std::shared_ptr<GivenCatalog>;

CLI::App* add_catalog_action(CLI::App& parent, const SharedCatalog& given, Action& action,
                             const char* name, const char* help, int (*act)(const GivenCatalog&));
void add_catalog_folder(CLI::App& command, GivenCatalog& given);
void add_work_number(CLI::App& command, GivenCatalog& given);
void add_text(CLI::App& command, const char* name, std::string& value, const char* help,
              const char* type, bool needed = false);

/// The number of a copy, 1 when it was not said.
[[nodiscard]] int copy_of(const GivenCatalog& given);

// Parts of the command, a file each.
void add_catalog_works(CLI::App& catalog, const SharedCatalog& given, Action& action);
void add_catalog_owners(CLI::App& catalog, const SharedCatalog& given, Action& action);
void add_catalog_files(CLI::App& catalog, const SharedCatalog& given, Action& action);

/// Tells of a work on stdout, as JSON where that was asked for.
int print_work(const GivenCatalog& given, const jobs::WorkReport& report);
/// Warns where events wait.
void print_waiting(const jobs::LedgerStanding& ledger);

}  // namespace atelier::cli
