// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/credentials.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace atelier::cli {
namespace {

using provenance::Finding;
using provenance::NamedIngredient;
using provenance::Verification;

struct Given {
  std::string file, sidecar, trust;
  bool json = false;
};

std::string signer_text(const Verification& found) {
  const std::string name = found.signer.empty() ? "somebody unnamed" : found.signer;
  return found.organization.empty() ? name : fmt::format("{} ({})", name, found.organization);
}

void print_verdict(const jobs::VerifyReport& report) {
  const Verification& found = report.found;
  if (found.state == Verification::State::none) {
    print_line("{}: no credential, inside or beside it; it is {}", report.file.string(),
               found.media);
    if (!found.elsewhere.empty()) {
      print_line(
          "  elsewhere   the file says that its credential is at {}, which is not asked; bring "
          "it and name it with --sidecar",
          found.elsewhere);
    }
  } else if (found.state == Verification::State::holds) {
    print_line("{}: holds; nothing was changed since it was signed", report.file.string());
  } else {
    print_line("{}: DOES NOT HOLD", report.file.string());
  }
  for (const Finding& finding : found.findings)
    print_line("  broken      {} ({})", finding.sentence, finding.code);
}

void print_signer(const jobs::VerifyReport& report) {
  const Verification& found = report.found;
  print_line("  signed by   {}, {}", signer_text(found), found.algorithm);
  if (!report.asked_for_trust) {
    print_line("  trust       not asked; the name is the signer's own word unless --trust vouches");
  } else {
    print_line("  trust       {}", found.trusted ? "the signer is on the list that was given"
                                                 : "NOBODY on the list that was given vouches");
  }
  if (!found.time.empty())
    print_line("  signed at   {}, as a time authority attests", found.time);
  else if (!found.told_time.empty())
    print_line("  signed at   {} by the signer's own clock", found.told_time);
}

void print_ingredient(const NamedIngredient& ingredient) {
  const char* kind = ingredient.is_model                 ? "model"
                     : ingredient.relation == "parentOf" ? "opened"
                                                         : "used";
  print_line("  {:<10}  {}{}{}", kind, ingredient.title, ingredient.description.empty() ? "" : ", ",
             ingredient.description);
  if (!ingredient.has_credential) return;
  if (ingredient.findings.empty()) {
    print_line("              signed by {}, and held when it was taken up", ingredient.signer);
  }
  for (const Finding& finding : ingredient.findings)
    print_line("              did not hold when it was taken up: {}", finding.sentence);
}

void print_statement(const Verification& found) {
  const auto line = [](const char* what, const std::string& text) {
    if (!text.empty()) print_line("  {:<10}  {}", what, text);
  };
  line("title", found.title);
  line("author", found.author);
  line("licence", found.licence);
  if (found.no_training) line("training", "not allowed, nor mining");
  line("program", found.program);
  for (const provenance::NamedDeed& deed : found.deeds) {
    std::string text = deed.action;
    if (!deed.description.empty()) text += ": " + deed.description;
    if (!deed.source_type.empty()) text += " [" + deed.source_type + "]";
    line("done", text);
  }
  for (const NamedIngredient& ingredient : found.ingredients) print_ingredient(ingredient);
}

void print_known(const jobs::KnownWork& known) {
  const std::string evidence =
      known.by_mark
          ? fmt::format("its mark was read; one unmarked picture in {:.0e} would show as much",
                        1 / known.chance)
          : fmt::format("it looks alike, {} of 64 bits apart; chance {:.0e}", known.distance,
                        known.chance);
  print_line("  known       a copy of a work that was marked here: {} ({})", known.said.title,
             evidence);
  print_line("              signed by {}{}{}", signer_text(known.said),
             known.said.author.empty() ? "" : ", author ", known.said.author);
  if (!known.said.licence.empty()) print_line("              licence {}", known.said.licence);
}

int verify(const Given& given) {
  jobs::VerifyRequest request{given.file, std::nullopt, given.trust};
  if (!given.sidecar.empty()) request.sidecar = given.sidecar;
  const jobs::VerifyReport report = jobs::verify(request);
  if (given.json) {
    print_json(jobs::to_json(report));
    return jobs::exit_code(report);
  }
  print_verdict(report);
  if (report.found.state != Verification::State::none && !report.found.algorithm.empty()) {
    print_signer(report);
    print_statement(report.found);
  }
  for (const jobs::KnownWork& known : report.known) print_known(known);
  return jobs::exit_code(report);
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "verify", "check a work's content credentials: whole or changed, by whom, from what");
  const auto given = std::make_shared<Given>();
  command->add_option("FILE", given->file, "the work")->required()->type_name("");
  command
      ->add_option("--sidecar", given->sidecar,
                   "the credential, when it is neither inside nor beside under the same name")
      ->type_name("FILE");
  command
      ->add_option("--trust", given->trust,
                   "certificates of those who are trusted, as PEM: authorities or signers")
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->callback([given, &action] { action = [given] { return verify(*given); }; });
  command->footer(
      "Exit codes: 0 it holds, and with --trust the signer is on the list; 4 it does not hold; 5 "
      "no "
      "credential; 6 it holds, and the signer is not on the list.");
}

}  // namespace atelier::cli
