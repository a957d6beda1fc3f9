// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/identity.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/passphrase.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string name, file, output, as;
  std::vector<std::string> names;
  GivenPassphrase passphrase, other;
  GivenOptions options;
  bool is_private = false, json = false;
};

void print_identity(const jobs::IdentityReport& report) {
  print_line("{}: {}, SHA-256 {}", report.name, report.algorithm, report.fingerprint);
  if (!report.witness_key.empty()) print_line("  as a witness  {}", report.witness_key);
}

int print_one(const Given& given, const jobs::IdentityReport& report,
              const std::filesystem::path& written) {
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_identity(report);
    print_line("{}", written.string());
  }
  return 0;
}

int create(const Given& given) {
  jobs::IdentityOptions options;
  apply_options(jobs::identity_option_table(), given.options, options);
  const jobs::IdentityReport report = jobs::create_identity(
      given.name, options, ask_passphrase(given.passphrase, "New passphrase", true));
  return print_one(given, report, report.file);
}

int import(const Given& given) {
  const jobs::IdentityReport report = jobs::import_identity(
      given.name, given.file,
      ask_passphrase(given.other, "Passphrase of " + given.file, false, "file"),
      ask_passphrase(given.passphrase, "New passphrase", true));
  return print_one(given, report, report.file);
}

int export_key(const Given& given) {
  if (!given.is_private) {
    for (const GivenPassphrase* one : {&given.passphrase, &given.other}) {
      if (one->file.empty() && one->variable.empty()) continue;
      fail(ErrorKind::invalid_argument,
           "a public key needs no passphrase; leave it out, or add --private.");
    }
    return print_one(given, jobs::export_public_key(given.name, given.output), given.output);
  }
  const jobs::IdentityReport report = jobs::export_private_key(
      given.name, given.output,
      ask_passphrase(given.passphrase, "Passphrase of " + given.name, false),
      ask_passphrase(given.other, "New passphrase of " + given.output, true, "file"));
  return print_one(given, report, given.output);
}

int show(const Given& given) {
  const std::vector<jobs::IdentityReport> reports = jobs::identities(given.names, given.as);
  if (given.json) {
    nlohmann::json list = nlohmann::json::array();
    for (const jobs::IdentityReport& report : reports) list.push_back(jobs::to_json(report));
    print_json(list);
    return 0;
  }
  for (const jobs::IdentityReport& report : reports) print_identity(report);
  if (reports.empty())
    print_line("there are no identities yet; make one with `atelier identity create NAME`");
  return 0;
}

CLI::App* add_action(CLI::App& parent, const std::shared_ptr<Given>& given, Action& action,
                     const char* name, const char* help, int (*act)(const Given&)) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->add_flag("--json", given->json, "print JSON");
  command->callback([given, &action, act] { action = [given, act] { return act(*given); }; });
  return command;
}

void add_name(CLI::App& command, Given& given) {
  command.add_option("NAME", given.name, "the identity's name")->required()->type_name("");
}

}  // namespace

void add_identity(CLI::App& app, Action& action) {
  CLI::App* identity =
      app.add_subcommand("identity", "make, bring, show and export keys that sign");
  identity->require_subcommand(1);
  const auto given = std::make_shared<Given>();

  CLI::App* make =
      add_action(*identity, given, action, "create", "make a key and keep it, encrypted", create);
  add_name(*make, *given);
  add_table_options(*make, given->options, jobs::identity_option_table());
  add_passphrase_options(*make, given->passphrase, "the key");

  CLI::App* bring = add_action(*identity, given, action, "import",
                               "keep a private key of yours: PKCS #8 in PEM form", import);
  add_name(*bring, *given);
  bring->add_option("FILE", given->file, "the key, encrypted or not, readable by you alone")
      ->required()
      ->type_name("");
  add_passphrase_options(*bring, given->other, "FILE", "file");
  add_passphrase_options(*bring, given->passphrase, "the key here");

  CLI::App* give = add_action(*identity, given, action, "export",
                              "write the public key, or with --private both, as PEM", export_key);
  add_name(*give, *given);
  give->add_option("-o,--output", given->output, "the PEM file; a private key replaces no file")
      ->required()
      ->type_name("FILE");
  give->add_flag("--private", given->is_private, "the private key, encrypted anew");
  add_passphrase_options(*give, given->passphrase, "the key here");
  add_passphrase_options(*give, given->other, "the new file", "file");

  CLI::App* list = add_action(*identity, given, action, "show",
                              "show what is public of identities, by which others check", show);
  list->add_option("NAME", given->names, "all when none is named")->type_name("");
  list->add_option("--as", given->as, "the name that cosignatures carry, when it is another")
      ->type_name("NAME");
}

}  // namespace atelier::cli
