// SPDX-License-Identifier: Apache-2.0
// The catalogue itself; catalog_works.cpp, catalog_owners.cpp and catalog_files.cpp have the rest.
#include "cli/catalog_given.hpp"
#include "cli/output.hpp"

namespace atelier::cli {
namespace {

int print_catalog(const GivenCatalog& given, const jobs::CatalogReport& report) {
  print_waiting(report.ledger);
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  print_line("{:<10}{}", "catalogue", report.name);
  print_line("{:<10}{}", "folder", report.folder.string());
  print_line("{:<10}{}", "works", report.works);
  print_line("{:<10}{}", "ledger",
             report.ledger.ledger.empty() ? "none" : report.ledger.ledger.string());
  if (!report.ledger.ledger.empty())
    print_line("{:<10}{} events", "waiting", report.ledger.waiting);
  return 0;
}

int check(const GivenCatalog& given) {
  const catalogue::CheckReport report = jobs::check_catalog(given.folder, given.with_files);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    for (const std::string& fault : report.faults) print_line("{}", fault);
    print_line("{} works, {} events, {} files; {} events in the ledger, {} waiting", report.works,
               report.events, report.files, report.in_ledger, report.waiting);
  }
  if (!report.faults.empty()) {
    fail(ErrorKind::bad_input,
         "the catalogue has {} faults; bring back a copy, or mend what they name.",
         report.faults.size());
  }
  if (!given.json) print_line("all is in order");
  return 0;
}

}  // namespace

CLI::App* add_catalog_action(CLI::App& parent, const SharedCatalog& given, Action& action,
                             const char* name, const char* help, int (*act)(const GivenCatalog&)) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->add_flag("--json", given->json, "print one JSON object");
  command->callback([given, &action, act] { action = [given, act] { return act(*given); }; });
  return command;
}

void add_catalog_folder(CLI::App& command, GivenCatalog& given) {
  command.add_option("CATALOGUE", given.folder, "the catalogue's folder")
      ->required()
      ->type_name("");
}

void add_work_number(CLI::App& command, GivenCatalog& given) {
  command.add_option("NUMBER", given.number, "the work's inventory number")
      ->required()
      ->type_name("");
}

void add_text(CLI::App& command, const char* name, std::string& value, const char* help,
              const char* type, bool needed) {
  CLI::Option* option = command.add_option(name, value, help)->type_name(type);
  if (needed) option->required();
}

int copy_of(const GivenCatalog& given) {
  if (given.copy.empty()) return 1;
  const auto* entry = jobs::transfer_option_table().find("copy");
  return std::get<int>(parse_option(entry->spec, 1, std::string_view(given.copy)));
}

void print_waiting(const jobs::LedgerStanding& ledger) {
  if (ledger.why.empty()) return;
  fmt::print(stderr, "atelier: warning: {} events wait for the ledger, and are kept: {}\n",
             ledger.waiting, ledger.why);
}

void add_catalog(CLI::App& app, Action& action) {
  CLI::App* catalog = app.add_subcommand(
      "catalog",
      "keep works, what happens to them, and whose they are; find, exchange and print them");
  catalog->require_subcommand(1);
  const auto given = std::make_shared<GivenCatalog>();

  CLI::App* init = add_catalog_action(
      *catalog, given, action, "init", "make an empty catalogue", [](const GivenCatalog& g) {
        return print_catalog(g, jobs::init_catalog(g.folder, g.name, g.ledger, g.server));
      });
  add_catalog_folder(*init, *given);
  add_text(*init, "--name", given->name, "its title, for people", "TEXT", true);
  add_text(*init, "--ledger", given->ledger, "a ledger that all events go into, sealed", "FOLDER");
  add_text(*init, "--database", given->server,
           "a PostgreSQL server that keeps it, without password", "URL");

  CLI::App* attach =
      add_catalog_action(*catalog, given, action, "attach",
                         "tie a ledger to a catalogue that has none", [](const GivenCatalog& g) {
                           return print_catalog(g, jobs::attach_catalog(g.folder, g.ledger));
                         });
  add_catalog_folder(*attach, *given);
  add_text(*attach, "--ledger", given->ledger, "the ledger", "FOLDER", true);

  CLI::App* sync = add_catalog_action(
      *catalog, given, action, "sync",
      "append what waits for the ledger, and show how many works there are",
      [](const GivenCatalog& g) { return print_catalog(g, jobs::sync_catalog(g.folder)); });
  add_catalog_folder(*sync, *given);

  CLI::App* checked =
      add_catalog_action(*catalog, given, action, "check",
                         "hold works, events, signatures and the ledger against each other", check);
  add_catalog_folder(*checked, *given);
  checked->add_flag("--files", given->with_files, "also that every file is there, and the same");

  add_catalog_works(*catalog, given, action);
  add_catalog_owners(*catalog, given, action);
  add_catalog_files(*catalog, given, action);
}

}  // namespace atelier::cli
