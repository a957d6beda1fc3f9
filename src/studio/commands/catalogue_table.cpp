// SPDX-License-Identifier: Apache-2.0
// `atelier catalog` on the studio's own catalogue.
#include "atelier/jobs/catalog.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

const char* const which = "Work";

Command action(const char* name, const char* help) {
  return at_home("catalog", name, help, {kept_catalogue});
}

Command init() {
  Command command = action("init", "make the studio's catalogue, empty");
  Option ledger = flag("ledger", "Catalogue", "all events go into the studio's ledger, sealed");
  ledger.place = kept_ledger;
  command.options = {needed_text("name", "Catalogue", "its title, for people"), ledger};
  return command;
}

Command attach() {
  Command command = action("attach", "tie the studio's ledger to its catalogue");
  command.words.push_back(std::string("--ledger=") + kept_ledger);
  return command;
}

Command check() {
  Command command = action("check", "hold works, events, signatures and the ledger together");
  command.options = {flag("files", "Check", "also that every file is there, and the same")};
  command.answers = {2};
  return command;
}

Input work_files(const char* help) {
  return {.name = "files",
          .help = help,
          .flag = "",
          .accepts = works(),
          .min = 0,
          .max = 100,
          .kept = true};
}

Option work_number() {
  return needed_positional("number", which, "its inventory number");
}

Command add() {
  Command command = action("add", "add a work, with its files");
  command.inputs = {work_files("its files; the last is the newest version")};
  command.options = {text("owner", which, "who has it, a party with a key")};
  add_options(command, catalogue::work_option_table());
  return command;
}

Command edit() {
  Command command = action("edit", "change what is said of a work, or add files to it");
  command.inputs = {work_files("new versions of it")};
  command.options = {work_number()};
  add_options(command, catalogue::work_option_table(), {"number"});
  return command;
}

Command show() {
  Command command = action("show", "show a work, what happened to it, and whose it is");
  command.options = {work_number()};
  return command;
}

Command find() {
  Command command = action("find", "find works");
  command.inputs = {file_after("--like", "like", "a picture that they look like", pictures())};
  command.options = {
      positional_text("words", "Find", "in titles, artists, keywords and descriptions"),
      flag("descending", "Find", "the last first")};
  add_options(command, catalogue::query_option_table(), {"descending"});
  return command;
}

Command event() {
  Command command = action("event", "record what happened to a work");
  Option kind = needed_positional("kind", "Event", "what happened");
  for (const catalogue::EventKind& one : catalogue::event_kinds())
    if (one.by_hand) kind.spec.choices.emplace_back(one.name);
  kind.default_value = kind.spec.choices.front();
  command.options = {work_number(), kind};
  add_options(command, catalogue::event_option_table());
  return command;
}

Command party() {
  Command command = action("party", "add an artist, owner or borrower, or what is known of them");
  command.inputs = {file_after("--key", "key", "their public key, PEM", {"text"})};
  command.options = {needed_positional("name", "Party", "their name"),
                     text("identity", "Party", "an identity here whose key is theirs")};
  add_options(command, catalogue::party_option_table());
  return command;
}

Option copy() {
  const auto* entry = jobs::transfer_option_table().find("copy");
  return {entry->spec, entry->default_value()};
}

Command claim() {
  Command command = action("claim", "name the first owner of a copy");
  command.options = {work_number(), needed_text("owner", "Owner", "a party with a key"), copy()};
  return command;
}

Command offer() {
  Command command = action("offer", "sign, as the owner, that a copy goes to a buyer");
  command.options = {work_number(), needed_text("to", "Transfer", "the buyer, a party with a key"),
                     needed_text("identity", "Transfer", "the owner's identity, which signs")};
  add_options(command, jobs::transfer_option_table());
  command.outputs = {{"offer", "the statement, signed by the owner", "-o", {"json"}}};
  command.passphrase = {"of the owner's identity"};
  return command;
}

Command accept() {
  Command command = action("accept", "sign, as the buyer, what was offered");
  command.places.clear();
  command.inputs = {{"offer", "what the owner signed", "", {"text"}}};
  command.options = {needed_text("identity", "Transfer", "the buyer's identity, which signs")};
  command.outputs = {{"statement", "the statement with both signatures", "-o", {"json"}}};
  command.passphrase = {"of the buyer's identity"};
  return command;
}

Command transfer() {
  Command command = action("transfer", "make the buyer of a statement that both signed the owner");
  command.inputs = {{"statement", "what the buyer signed", "", {"text"}}};
  return command;
}

Command import() {
  Command command = action("import", "add all works of a file, or none");
  command.words.push_back(std::string("--files-in=") + kept_works);
  command.inputs = {{"file", "CSV, Linked Art (JSON) or Dublin Core (XML)", "", {"text"}},
                    {.name = "files",
                     .help = "files of works that this studio does not have yet",
                     .flag = "-",
                     .accepts = works(),
                     .min = 0,
                     .max = many,
                     .kept = true}};
  command.options = {{.spec = {"format",
                               "File",
                               "how it is written",
                               "",
                               {},
                               {},
                               {"csv", "linked-art", "dublin-core"},
                               {}},
                      .default_value = std::string("csv"),
                      .always = true}};
  return command;
}

Command exported() {
  Command command = action("export", "write works for other programs");
  command.options = {positional_list("numbers", which, "which works; none: all")};
  command.outputs = {{"file", "the works", "-o", {"csv", "json", "xml"}}};
  return command;
}

void add_page(Command& command) {
  command.options.push_back(flag("prices", "Page", "show the prices that are asked"));
  add_options(command, catalogue::page_option_table(), {"prices"});
  command.outputs = {{"page", "the page, to be printed", "-o", {"html", "pdf"}}};
}

Command certificate() {
  Command command = action("certificate", "write a certificate of authenticity, to be printed");
  command.options = {work_number(), copy(),
                     text("identity", "Certificate", "who signs it; none: a hand, on paper")};
  add_page(command);
  command.passphrase = {"of the identity that signs", false};
  return command;
}

Command verify() {
  Command command = action("verify", "tell what a signed certificate says");
  command.places.clear();
  command.inputs = {{"certificate", "the page", "", {"page"}}};
  return command;
}

Command page() {
  Command command = action("page", "write a catalogue of works, to be printed");
  command.options = {positional_list("numbers", which, "which works; none: all")};
  add_page(command);
  return command;
}

}  // namespace

std::vector<Command> catalogue_commands() {
  return {init(),
          attach(),
          action("sync", "append what waits for the ledger, and show how many works there are"),
          check(),
          add(),
          edit(),
          show(),
          find(),
          action("look", "look at pictures that were not looked at, to find works by a picture"),
          event(),
          party(),
          claim(),
          offer(),
          accept(),
          transfer(),
          import(),
          exported(),
          certificate(),
          verify(),
          page()};
}

}  // namespace atelier::studio
