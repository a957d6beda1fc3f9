// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/translate.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/signing.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string picture, output;
  GivenOptions options;
  GivenSigning signing;
  bool json = false, quiet = false;
};

int translate(const Given& given) {
  jobs::TranslateRequest request{given.picture, given.output, {}};
  apply_options(jobs::translation_table(), given.options, request.options);
  const auto signer = open_signer(given.signing);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::TranslateReport report = jobs::translate(
      request, [&](const Progress& progress) { bar.show(progress); },
      [&](const jobs::TranslatedPicture& one) {
        bar.clear();
        sign_made(signer.get(), one.output, {one.picture});
        if (!given.json) print_line("{}", one.output.string());
        std::fflush(stdout);
      },
      signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    for (const jobs::BatchFailure& failure : report.failures)
      print_line("not painted: {}", failure.reason);
    double seconds = 0;
    for (const jobs::TranslatedPicture& one : report.results) seconds += one.seconds;
    print_line("{} painted in {:.1f} s, {} were there already{}", report.results.size(), seconds,
               report.skipped.size(), report.cancelled ? " (ended early: cancelled)" : "");
  }
  return jobs::exit_code(report.failures, report.cancelled);
}

}  // namespace

void add_translate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "translate", "paint photographs in a painter's hand by a trained network, or paintings back");
  const auto given = std::make_shared<Given>();
  command->add_option("PICTURE", given->picture, "a picture, a folder or a pattern in quotes")
      ->required()
      ->type_name("");
  command
      ->add_option("-o,--output", given->output,
                   "the painting, or a folder for those of a folder or pattern")
      ->required()
      ->type_name("PATH");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, jobs::translation_table());
  add_signing_options(*command, given->signing);
  command->callback([given, &action] { action = [given] { return translate(*given); }; });
}

}  // namespace atelier::cli
