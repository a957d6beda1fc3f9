// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_given.hpp"
#include "cli/output.hpp"

namespace atelier::cli {
namespace {

int keep(const GivenCatalog& given) {
  catalogue::Party party;
  party.name = given.name;
  apply_options(catalogue::party_option_table(), given.options, party);
  const catalogue::Party kept =
      jobs::keep_in_catalog(given.folder, party, given.identity, given.key);
  if (given.json) {
    print_json(jobs::to_json(kept));
    return 0;
  }
  print_line("{}: {}{}", kept.name, kept.kind,
             kept.key_id.empty() ? ", no key" : ", key " + kept.key_id);
  return 0;
}

int claim(const GivenCatalog& given) {
  return print_work(
      given, jobs::claim_in_catalog(given.folder, given.number, copy_of(given), given.owner));
}

int offer(const GivenCatalog& given) {
  catalogue::TransferTerms terms;
  terms.number = given.number;
  terms.buyer = given.buyer;
  apply_options(jobs::transfer_option_table(), given.options, terms);
  jobs::offer_in_catalog(given.folder, terms, given.identity,
                         ask_passphrase(given.passphrase, "Passphrase", false), given.output);
  print_line("{}: signed by the seller; the buyer signs with `atelier catalog accept`",
             given.output);
  return 0;
}

int accept(const GivenCatalog& given) {
  jobs::accept_offer(given.input, given.identity,
                     ask_passphrase(given.passphrase, "Passphrase", false), given.output);
  print_line("{}: signed by both; record it with `atelier catalog transfer`", given.output);
  return 0;
}

int transfer(const GivenCatalog& given) {
  return print_work(given, jobs::transfer_in_catalog(given.folder, given.input));
}

}  // namespace

void add_catalog_owners(CLI::App& catalog, const SharedCatalog& given, Action& action) {
  CLI::App* party =
      add_catalog_action(catalog, given, action, "party",
                         "add an artist, owner or borrower, or change what is known of them", keep);
  add_catalog_folder(*party, *given);
  party->add_option("NAME", given->name, "their name")->required()->type_name("");
  add_text(*party, "--identity", given->identity, "an identity of yours whose key is theirs",
           "NAME");
  add_text(*party, "--key", given->key, "a file with their public key, PEM", "FILE");
  add_table_options(*party, given->options, catalogue::party_option_table());

  CLI::App* claimed =
      add_catalog_action(catalog, given, action, "claim", "name the first owner of a copy", claim);
  add_catalog_folder(*claimed, *given);
  add_work_number(*claimed, *given);
  add_text(*claimed, "--owner", given->owner, "a party with a key", "NAME", true);
  add_text(*claimed, "--copy", given->copy, "which copy of an edition [1]", "N");

  CLI::App* offered = add_catalog_action(catalog, given, action, "offer",
                                         "sign, as the owner, that a copy goes to a buyer", offer);
  add_catalog_folder(*offered, *given);
  add_work_number(*offered, *given);
  add_text(*offered, "--to", given->buyer, "the buyer, a party with a key", "NAME", true);
  add_text(*offered, "--identity", given->identity, "the owner's identity, which signs", "NAME",
           true);
  add_text(*offered, "-o,--output", given->output, "the statement", "FILE", true);
  add_passphrase_options(*offered, given->passphrase, "the identity");
  add_table_options(*offered, given->options, jobs::transfer_option_table());

  CLI::App* accepted = add_catalog_action(catalog, given, action, "accept",
                                          "sign, as the buyer, what was offered", accept);
  accepted->add_option("OFFER", given->input, "what `catalog offer` wrote")
      ->required()
      ->type_name("");
  add_text(*accepted, "--identity", given->identity, "the buyer's identity, which signs", "NAME",
           true);
  add_text(*accepted, "-o,--output", given->output, "the statement with both signatures", "FILE",
           true);
  add_passphrase_options(*accepted, given->passphrase, "the identity");

  CLI::App* transferred =
      add_catalog_action(catalog, given, action, "transfer",
                         "make the buyer of a statement that both signed the owner", transfer);
  add_catalog_folder(*transferred, *given);
  transferred->add_option("STATEMENT", given->input, "what `catalog accept` wrote")
      ->required()
      ->type_name("");
}

}  // namespace atelier::cli
