// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <vector>

#include "atelier/jobs/compose.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> outputs;
  GivenOptions options, choice;
  bool json = false, quiet = false;
};

int compose(const Given& given) {
  jobs::ComposeRequest request;
  request.outputs.assign(given.outputs.begin(), given.outputs.end());
  apply_options(jobs::compose_option_table(), given.options, request.options);
  apply_options(sequence::choice_option_table(), given.choice, request.choice);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::ComposeReport report = jobs::compose(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  for (const jobs::ComposedPiece& piece : report.pieces) {
    for (const auto& output : piece.outputs) {
      print_line("{}: {} bars, {:.0f} s, {}, ends: {}", output.string(),
                 piece.measured.at("bars").get<int>(), piece.measured.at("seconds").get<double>(),
                 piece.measured.value("key", "no key"), piece.ending);
    }
  }
  return 0;
}

}  // namespace

void add_compose(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "compose", "compose chorales, folk tunes and piano pieces, harmonise, and go on with yours");
  const auto given = std::make_shared<Given>();
  command
      ->add_option("-o,--output", given->outputs,
                   "what to write, by suffix: .mid .wav .flac .ogg .abc .musicxml .svg .pdf, or "
                   ".png for a piano roll; several are allowed")
      ->required()
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, jobs::compose_option_table());
  add_table_options(*command, given->choice, sequence::choice_option_table(), {},
                    jobs::compose_choice_defaults());
  command->callback([given, &action] { action = [given] { return compose(*given); }; });
}

}  // namespace atelier::cli
