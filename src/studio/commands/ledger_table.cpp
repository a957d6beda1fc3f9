// SPDX-License-Identifier: Apache-2.0
// `atelier ledger` on the studio's own ledger, and on proofs of others.
#include "atelier/jobs/ledger.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

Command action(const char* name, const char* help) {
  return at_home("ledger", name, help, {kept_ledger});
}

Option number(const char* name, const char* help) {
  return {.spec = {name, "Ledger", help, "", 0, 9e15, {}, {}},
          .default_value = std::uint64_t{0},
          .required = true};
}

Command init() {
  Command command = action("init", "make the studio's ledger, empty");
  command.options = {needed_text("identity", "Ledger", "whose it is"),
                     needed_text("origin", "Ledger",
                                 "its name in the world, one for ever: example.org/catalogue")};
  return command;
}

Command append() {
  Command command = action("append", "seal events and append them; nothing is signed yet");
  command.inputs = {
      {"events", "JSON objects: one a line, one in all, or an array", "", {"text"}, 1, many}};
  add_options(command, jobs::append_option_table());
  return command;
}

Command checkpoint() {
  Command command = action("checkpoint", "sign all that was appended");
  command.passphrase = {"of the ledger's identity"};
  return command;
}

Command prove() {
  Command command = action("prove", "prove that an entry stands in the ledger, and show of it");
  command.options = {number("index", "which entry, counted from 0"),
                     repeated_list("show", "Ledger", "fields that the proof shows; all: every")};
  command.outputs = {{"proof", "the proof", "-o", {"tlog-proof"}}};
  return command;
}

Command grow() {
  Command command = action("grow", "prove that the ledger only grew, for a witness");
  command.options = {number("old", "how many entries there were")};
  command.outputs = {{"growth", "the proof", "-o", {"txt"}}};
  return command;
}

Command witness() {
  Command command = action("witness", "cosign the checkpoint of a log that only grew");
  command.places.clear();
  command.inputs = {{"source", "a proof of growth", "", {"text"}}};
  command.options = {
      needed_text("identity", "Witness", "the witness"),
      text("as", "Witness", "the name that the cosignature carries; the identity's if not"),
      text("log", "Witness", "the key of a log that is new to the witness")};
  command.outputs = {{"cosignature", "the cosignature", "-o", {"txt"}}};
  command.passphrase = {"of the witness"};
  return command;
}

Command cosign() {
  Command command = action("cosign", "add cosignatures of witnesses to the checkpoint");
  command.inputs = {{"cosignatures", "what witnesses wrote", "", {"text"}}};
  command.options = {needed(repeated_list("witness", "Witness", "keys of witnesses"))};
  return command;
}

Command verify() {
  Command command = action("verify", "check a proof, a checkpoint, or the studio's own ledger");
  command.places.clear();
  command.inputs = {{.name = "input",
                     .help = "a proof or checkpoint; none: the studio's ledger",
                     .flag = "",
                     .accepts = {"text"},
                     .min = 0,
                     .max = 1,
                     .otherwise = kept_ledger},
                    file_after("--policy", "policy", "a trust policy instead of keys", {"text"}),
                    file_after("--since", "since", "an older checkpoint to begin with", {"text"}),
                    file_after("--entry", "entry", "the entry of a proof without one", {"text"})};
  command.options = {repeated_list("key", "Trust", "keys of logs that are trusted"),
                     repeated_list("witness", "Trust", "keys of witnesses that are trusted")};
  add_options(command, jobs::trust_option_table());
  return command;
}

}  // namespace

std::vector<Command> ledger_commands() {
  return {init(),       append(),
          checkpoint(), action("show", "show how long the ledger is and by what key it is checked"),
          prove(),      grow(),
          witness(),    cosign(),
          verify()};
}

}  // namespace atelier::studio
