// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/signing.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string file, output;
  std::vector<std::string> ingredients;
  GivenSigning signing;
  bool json = false;
};

int sign(const Given& given) {
  const std::unique_ptr<jobs::Signer> signer = open_signer(given.signing);
  const jobs::SignReport report =
      signer->sign(given.file, given.output, {given.ingredients.begin(), given.ingredients.end()});
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  print_line("{}", report.output.string());
  print_line("signed by {}; {} works and models named, {} of them read", report.signer,
             report.ingredients, report.at_hand);
  if (report.marked) print_line("marked; `atelier verify` finds copies of it on this machine");
  return 0;
}

}  // namespace

void add_sign(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "sign", "sign a work: how it was made and from what, by content credentials (C2PA)");
  const auto given = std::make_shared<Given>();
  command->add_option("FILE", given->file, "the work")->required()->type_name("");
  command
      ->add_option("-o,--output", given->output,
                   "the signed work, which may be FILE itself; or a .c2pa file, for the credential "
                   "alone")
      ->required()
      ->type_name("FILE");
  command->add_option("--identity", given->signing.identity, "who signs")
      ->required()
      ->type_name("NAME");
  command
      ->add_option("--ingredient", given->ingredients,
                   "a work that FILE may have been made from, so that its credential is found; can "
                   "be given again")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_flag("--json", given->json, "print one JSON object");
  add_statement_options(*command, given->signing, {});
  command->callback([given, &action] { action = [given] { return sign(*given); }; });
}

}  // namespace atelier::cli
