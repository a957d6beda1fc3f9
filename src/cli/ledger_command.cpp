// SPDX-License-Identifier: Apache-2.0
// What a ledger's owner does; ledger_check_command.cpp has what others do.
#include <memory>

#include "atelier/jobs/ledger.hpp"
#include "cli/commands.hpp"
#include "cli/ledger_given.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"

namespace atelier::cli {
namespace {

void print_head(const char* name, const provenance::TreeHead& head) {
  print_line("{:<12}{} entries, root {}", name, head.size, root_text(head));
}

int print_ledger(const GivenLedger& given, const jobs::LedgerReport& report) {
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  print_line("{:<12}{}", "origin", report.head.origin);
  print_line("{:<12}{}", "key", report.key);
  print_line("{:<12}{}", "identity", report.identity);
  print_head("appended", report.head);
  if (!report.checkpoint) {
    print_line("{:<12}nothing yet", "signed");
  } else {
    print_head("signed", *report.checkpoint);
    print_line("{:<12}{} witnesses, not checked here", "cosigned by", report.cosignatures);
  }
  return 0;
}

int append(const GivenLedger& given) {
  jobs::AppendRequest request{.folder = given.folder, .sources = given.sources, .options = {}};
  apply_options(jobs::append_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::AppendReport report = jobs::append_events(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else if (report.count == 0) {
    print_line("nothing to append");
  } else {
    print_line("entries {}..{} appended, {} in all; not signed yet", report.first,
               report.first + report.count - 1, report.head.size);
  }
  return 0;
}

int checkpoint(const GivenLedger& given) {
  return print_ledger(given, jobs::sign_ledger(given.folder, ask_passphrase(given.passphrase,
                                                                            "Passphrase", false)));
}

int prove(const GivenLedger& given) {
  const jobs::ProveReport report = jobs::prove_entry({.folder = given.folder,
                                                      .index = number_of(given, "index"),
                                                      .show = given.show,
                                                      .output = given.output});
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: entry {} of {}, {} of {} fields shown", report.output.string(), report.index,
               report.head.size, report.shown.size(), report.fields);
  }
  return 0;
}

void add_prove(CLI::App& ledger, const std::shared_ptr<GivenLedger>& given, Action& action) {
  CLI::App* command = add_ledger_action(
      ledger, given, action, "prove",
      "write a proof that an entry stands in the ledger, with what you show of it", prove);
  add_folder(*command, *given);
  command->add_option("--index", given->number, "which entry, counted from 0")
      ->required()
      ->type_name("N");
  command
      ->add_option("--show", given->show,
                   "a field that the proof shows, or all; can be given again; none without it")
      ->type_name("FIELD")
      ->allow_extra_args(false);
  add_output(*command, *given, "the proof, a .tlog-proof file");
}

}  // namespace

CLI::App* add_ledger_action(CLI::App& parent, const std::shared_ptr<GivenLedger>& given,
                            Action& action, const char* name, const char* help,
                            int (*act)(const GivenLedger&)) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->add_flag("--json", given->json, "print one JSON object");
  command->callback([given, &action, act] { action = [given, act] { return act(*given); }; });
  return command;
}

void add_folder(CLI::App& command, GivenLedger& given) {
  command.add_option("LEDGER", given.folder, "the ledger's folder")->required()->type_name("");
}

void add_output(CLI::App& command, GivenLedger& given, const char* help) {
  command.add_option("-o,--output", given.output, help)->required()->type_name("FILE");
}

void add_ledger(CLI::App& app, Action& action) {
  CLI::App* ledger = app.add_subcommand(
      "ledger", "keep events in an append-only log, prove them, and check those of others");
  ledger->require_subcommand(1);
  const auto given = std::make_shared<GivenLedger>();

  CLI::App* init = add_ledger_action(
      *ledger, given, action, "init", "make an empty ledger", [](const GivenLedger& g) {
        return print_ledger(g, jobs::init_ledger(g.folder, g.identity, g.origin));
      });
  add_folder(*init, *given);
  init->add_option("--identity", given->identity, "whose it is, as `identity show` names it")
      ->required()
      ->type_name("NAME");
  init->add_option("--origin", given->origin,
                   "its name in the world, one for ever: example.org/catalogue")
      ->required()
      ->type_name("NAME");

  CLI::App* add = add_ledger_action(*ledger, given, action, "append",
                                    "seal events and append them; nothing is signed yet", append);
  add_folder(*add, *given);
  add->add_option("EVENTS", given->sources,
                  "files of JSON objects: one a line, one in all, or an array; -: standard input")
      ->required()
      ->type_name("");
  add->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*add, given->options, jobs::append_option_table());

  CLI::App* sign = add_ledger_action(*ledger, given, action, "checkpoint",
                                     "sign all that was appended", checkpoint);
  add_folder(*sign, *given);
  add_passphrase_options(*sign, given->passphrase, "the ledger's identity");

  CLI::App* show = add_ledger_action(
      *ledger, given, action, "show", "show how long the ledger is and by what key it is checked",
      [](const GivenLedger& g) { return print_ledger(g, jobs::show_ledger(g.folder)); });
  add_folder(*show, *given);

  add_prove(*ledger, given, action);
  add_ledger_checks(*ledger, given, action);

  CLI::App* cosign = add_ledger_action(
      *ledger, given, action, "cosign", "add cosignatures of witnesses to the checkpoint",
      [](const GivenLedger& g) {
        return print_ledger(g, jobs::add_cosignatures(g.folder, g.input, g.witnesses));
      });
  add_folder(*cosign, *given);
  cosign->add_option("COSIGNATURES", given->input, "what `ledger witness` wrote")
      ->required()
      ->type_name("");
  cosign->add_option("--witness", given->witnesses, "the key of a witness; can be given again")
      ->required()
      ->type_name("KEY")
      ->allow_extra_args(false);
}

}  // namespace atelier::cli
