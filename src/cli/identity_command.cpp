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
  std::string name, file, output, as, chain, request;
  std::vector<std::string> names;
  GivenPassphrase passphrase, other;
  GivenOptions options, certify;
  bool is_private = false, certificates = false, json = false;
};

void print_identity(const jobs::IdentityReport& report) {
  print_line("{}: {}, SHA-256 {}", report.name, report.algorithm, report.fingerprint);
  if (!report.witness_key.empty()) print_line("  as a witness  {}", report.witness_key);
  if (!report.certificate) return;
  const jobs::CertificateReport& told = *report.certificate;
  const std::string of = told.organization.empty() ? "" : " (" + told.organization + ")";
  print_line("  certificate   {}{}, by {}, from {} to {}", told.subject, of, told.issuer,
             told.not_before, told.not_after);
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

int certify(const Given& given) {
  jobs::CertifyOptions options;
  apply_options(jobs::certify_option_table(), given.certify, options);
  if (!given.chain.empty()) {
    if (!given.request.empty() || !given.certify.empty()) {
      fail(ErrorKind::invalid_argument,
           "--chain brings certificates as they are, and --{} asks for others; leave one out.",
           given.certify.empty() ? "request" : given.certify.begin()->first);
    }
    const jobs::IdentityReport report = jobs::certify_with_chain(given.name, given.chain);
    return print_one(given, report, report.file);
  }
  if (given.request.empty()) {
    const jobs::IdentityReport report = jobs::certify_at_home(given.name, options);
    return print_one(given, report, report.file);
  }
  if (given.certify.contains("days")) {
    fail(ErrorKind::invalid_argument,
         "an authority settles for how long a certificate holds; leave --days out of --request.");
  }
  const jobs::AskPassphrase ask =
      ask_passphrase(given.passphrase, "Passphrase of " + given.name, false);
  return print_one(given, jobs::request_certificate(given.name, options, given.request, ask),
                   given.request);
}

int export_key(const Given& given) {
  if (given.certificates && given.is_private) {
    fail(ErrorKind::invalid_argument,
         "--private writes the key and --certificates whose it is; write them apart.");
  }
  if (!given.is_private) {
    for (const GivenPassphrase* one : {&given.passphrase, &given.other}) {
      if (one->file.empty() && one->variable.empty()) continue;
      fail(ErrorKind::invalid_argument,
           "a public key needs no passphrase; leave it out, or add --private.");
    }
    if (given.certificates)
      return print_one(given, jobs::export_certificates(given.name, given.output), given.output);
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
  give->add_flag(
      "--certificates", given->certificates,
      "its certificates instead, by which others trust its signatures: `verify --trust`");
  add_passphrase_options(*give, given->passphrase, "the key here");
  add_passphrase_options(*give, given->other, "the new file", "file");

  CLI::App* tell = add_action(
      *identity, given, action, "certify",
      "say whose key it is: make a home certificate, bring those of an authority, or ask for them",
      certify);
  add_name(*tell, *given);
  add_table_options(*tell, given->certify, jobs::certify_option_table());
  tell->add_option("--chain", given->chain,
                   "certificates that an authority made for this key, its own first, as PEM")
      ->type_name("FILE");
  tell->add_option("--request", given->request,
                   "write a request for an authority instead (PKCS #10)")
      ->type_name("FILE");
  add_passphrase_options(*tell, given->passphrase, "the key, for --request");

  CLI::App* list = add_action(*identity, given, action, "show",
                              "show what is public of identities, by which others check", show);
  list->add_option("NAME", given->names, "all when none is named")->type_name("");
  list->add_option("--as", given->as, "the name that cosignatures carry, when it is another")
      ->type_name("NAME");
}

}  // namespace atelier::cli
