// SPDX-License-Identifier: Apache-2.0
// What witnesses and verifiers do with a ledger of somebody else's.
#include <fmt/chrono.h>

#include <ctime>

#include "atelier/jobs/ledger.hpp"
#include "cli/ledger_given.hpp"
#include "cli/output.hpp"

namespace atelier::cli {
namespace {

/// "2026-11-29T12:00:00Z"
std::string time_text(std::uint64_t seconds) {
  constexpr std::uint64_t last = 253'402'300'799;  // of the year 9999
  if (seconds > last) return fmt::format("{} s after 1970", seconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

int grow(const GivenLedger& given) {
  const jobs::GrowReport report =
      jobs::prove_growth(given.folder, number_of(given, "old"), given.output);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: from {} to {} entries", report.output.string(), report.old_size,
               report.head.size);
  }
  return 0;
}

int witness(const GivenLedger& given) {
  const jobs::WitnessReport report =
      jobs::witness_log({.source = given.input,
                         .identity = given.identity,
                         .as = given.as,
                         .log_key = given.log_key,
                         .output = given.output},
                        ask_passphrase(given.passphrase, "Passphrase of " + given.identity, false));
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: from {} to {} entries, cosigned at {}", report.head.origin, report.old_size,
               report.head.size, time_text(report.time));
    print_line("{}", given.output);
  }
  return 0;
}

void print_verified(const jobs::VerifyLedgerReport& report) {
  print_line("{} holds: {} entries, root {}", report.kind, report.head.size,
             root_text(report.head));
  print_line("signed by   {}", provenance::to_text(report.log));
  for (const provenance::VerifiedSignature& one : report.cosignatures)
    print_line("cosigned by {} at {}", one.key.name, time_text(one.time.value_or(0)));
  if (report.grown_from) print_line("begins with all {} entries of the older", *report.grown_from);
  if (report.index)
    print_line("entry       {}, SHA-256 {}", *report.index, report.entry_sha256.value_or(""));
  for (const auto& [name, value] : report.shown)  // in ASCII: a terminal obeys no stranger
    print_line("  {}: {}", nlohmann::json(name).dump(-1, ' ', true), value.dump(-1, ' ', true));
  if (report.fields && *report.fields > report.shown.size())
    print_line("  {} of {} fields are not shown", *report.fields - report.shown.size(),
               *report.fields);
}

int verify(const GivenLedger& given) {
  jobs::VerifyLedgerRequest request{.input = given.input,
                                    .keys = given.keys,
                                    .witnesses = given.witnesses,
                                    .policy = given.policy,
                                    .since = given.since,
                                    .entry = given.entry,
                                    .options = {}};
  apply_options(jobs::trust_option_table(), given.options, request.options);
  const jobs::VerifyLedgerReport report = jobs::verify_ledger(request);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_verified(report);
  }
  return 0;
}

void add_verify(CLI::App& ledger, const std::shared_ptr<GivenLedger>& given, Action& action) {
  CLI::App* command = add_ledger_action(
      ledger, given, action, "verify",
      "check a proof, a proof of growth, a checkpoint, or a whole log in a folder", verify);
  command->add_option("INPUT", given->input, "the file or folder")->required()->type_name("");
  command->add_option("--key", given->keys, "the key of a log that is trusted; can be given again")
      ->type_name("KEY")
      ->allow_extra_args(false);
  command
      ->add_option("--witness", given->witnesses,
                   "the key of a witness that is trusted; can be given again")
      ->type_name("KEY")
      ->allow_extra_args(false);
  command->add_option("--policy", given->policy, "a trust policy instead of keys")
      ->type_name("FILE");
  command->add_option("--since", given->since, "an older checkpoint that the log must begin with")
      ->type_name("FILE");
  command->add_option("--entry", given->entry, "the entry of a proof that does not carry it")
      ->type_name("FILE");
  add_table_options(*command, given->options, jobs::trust_option_table());
}

}  // namespace

void add_ledger_checks(CLI::App& ledger, const std::shared_ptr<GivenLedger>& given,
                       Action& action) {
  CLI::App* more = add_ledger_action(ledger, given, action, "grow",
                                     "write a proof that a log only grew, for a witness", grow);
  more->add_option("LOG", given->folder, "a ledger, or a folder with a log as it is served")
      ->required()
      ->type_name("");
  more->add_option("--old", given->number, "how many entries there were")
      ->required()
      ->type_name("N");
  add_output(*more, *given, "the proof");

  CLI::App* look = add_ledger_action(
      ledger, given, action, "witness",
      "cosign the checkpoint of a log that still holds all that you saw of it before", witness);
  look->add_option("SOURCE", given->input,
                   "a proof of growth, a ledger, or a folder with a log as it is served")
      ->required()
      ->type_name("");
  look->add_option("--identity", given->identity, "the witness")->required()->type_name("NAME");
  look->add_option("--as", given->as,
                   "the name that the cosignature carries; the identity's if not")
      ->type_name("NAME");
  look->add_option("--log", given->log_key, "the key of a log that is new to the witness")
      ->type_name("KEY");
  add_output(*look, *given, "the cosignature, for `ledger cosign`");
  add_passphrase_options(*look, given->passphrase, "the witness");

  add_verify(ledger, given, action);
}

}  // namespace atelier::cli
