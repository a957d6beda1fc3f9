// SPDX-License-Identifier: Apache-2.0
// Keys, which stay where the server runs, and content credentials.
#include "atelier/jobs/credentials.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

Command identity(const char* name, const char* help) {
  return at_home("identity", name, help);
}

Option identity_name() {
  return needed_positional("name", "Identity", "the identity's name");
}

Command create() {
  Command command = identity("create", "make a key and keep it, encrypted");
  command.options = {identity_name()};
  add_options(command, jobs::identity_option_table());
  command.passphrase = {"a new one, by which the key is opened"};
  return command;
}

Command certify() {
  Command command = identity("certify", "say whose key it is, at home or by an authority");
  command.inputs = {file_after("--chain", "chain", "certificates of an authority, PEM", {"text"})};
  command.outputs = {
      {"request", "a request for an authority (PKCS #10)", "--request", {"csr"}, true}};
  command.options = {identity_name()};
  add_options(command, jobs::certify_option_table());
  command.passphrase = {"of the key, for a request", false};
  return command;
}

Command give() {
  Command command = identity("export", "write the public key, or the certificates, as PEM");
  command.options = {identity_name(),
                     flag("certificates", "Identity",
                          "its certificates instead, by which others trust its signatures")};
  command.outputs = {{"key", "the PEM file", "-o", {"pem"}}};
  return command;
}

Command show() {
  Command command = identity("show", "show what is public of identities");
  command.options = {positional_list("name", "Identity", "all when none is named"),
                     text("as", "Identity", "the name that cosignatures carry")};
  return command;
}

Command sign() {
  Command command{.name = "sign",
                  .help = "sign a work: how it was made and from what (C2PA)",
                  .words = {"sign"},
                  .inputs = {{"work", "the work", "", works()},
                             {"ingredients", "works that it may have been made from",
                              "--ingredient", works(), 0, 16}},
                  .outputs = {{"signed",
                               "the signed work, or the credential alone",
                               "-o",
                               {same_format, "c2pa"}}},
                  .options = {needed_text("identity", "Credential", "who signs"),
                              flag("no-training", "Credential",
                                   "not for training models, nor for mining texts and data"),
                              flag("mark", "Credential",
                                   "add an invisible mark, by which copies are found here")},
                  .repeatable = false};
  add_options(command, jobs::statement_option_table());
  command.at_home = true;
  command.passphrase = {"of the identity"};
  return command;
}

Command verify() {
  Command command{
      .name = "verify",
      .help = "check a work's content credentials: whole or changed, by whom",
      .words = {"verify"},
      .inputs = {{"work", "the work", "", works()},
                 file_after("--sidecar", "sidecar", "the credential, when it is apart",
                            {"credential"}),
                 file_after("--trust", "trust", "certificates that are trusted, PEM", {"text"})},
      .outputs = {},
      .options = {},
      .repeatable = false};
  command.at_home = true;
  command.answers = {4, 5, 6};
  return command;
}

}  // namespace

std::vector<Command> credential_commands() {
  return {sign(), verify(), create(), certify(), give(), show()};
}

}  // namespace atelier::studio
