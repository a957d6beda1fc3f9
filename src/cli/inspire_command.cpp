// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/inspire.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string idea, output;
  std::vector<std::string> folders;
  GivenOptions options;
  bool json = false, quiet = false;
};

void print_report(const jobs::InspireReport& report) {
  for (const jobs::FittingWork& work : report.works) {
    std::string reasons;
    for (const std::string& reason : work.reasons)
      reasons += (reasons.empty() ? "" : "; ") + reason;
    print_line("{}: {}", work.path.string(), reasons);
  }
  for (const jobs::BoardItem& item : report.items) print_line("{}: {}", item.kind, item.command);
  print_line("{}", report.output.string());
}

int inspire(const Given& given) {
  jobs::InspireRequest request{.idea = given.idea,
                               .folders = {given.folders.begin(), given.folders.end()},
                               .output = given.output,
                               .options = {}};
  apply_options(jobs::inspire_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::InspireReport report = jobs::inspire(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const std::string& what : report.left_out)
    fmt::print(stderr, "atelier: warning: not on the board: {}\n", what);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return 0;
}

}  // namespace

void add_inspire(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "inspire", "a board of ideas for a word, a mood, a poem or a picture, from your collection");
  const auto given = std::make_shared<Given>();
  command->add_option("IDEA", given->idea, "words, or a picture, or a poem as a .txt file")
      ->required()
      ->type_name("");
  command
      ->add_option("--in", given->folders,
                   "a folder of works that are looked through; can be given again")
      ->required()
      ->type_name("DIR")
      ->allow_extra_args(false);
  command->add_option("-o,--output", given->output, "the board, an HTML page")
      ->required()
      ->type_name("PATH");
  command->add_flag("--json", given->json, "print one JSON object with all that is on the board");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, jobs::inspire_option_table());
  command->callback([given, &action] { action = [given] { return inspire(*given); }; });
}

}  // namespace atelier::cli
