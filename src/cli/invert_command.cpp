// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/invert.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string picture, output;
  GivenOptions options, run;
  bool json = false, quiet = false;
};

int invert(const Given& given) {
  jobs::InvertRequest request{given.picture, given.output, {}, {}};
  apply_options(gan::invert_option_table(), given.options, request.options);
  apply_options(jobs::generator_run_table(), given.run, request.run);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::InvertReport report = jobs::invert(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: off by {:.3f} in pixels (root mean square of 0..1) and {:.3f} in features",
               report.output.string(), report.pixel_error, report.feature_error);
  }
  return report.stopped ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace

void add_invert(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "invert", "find the picture of a generator that is most like one of yours, to breed with it");
  const auto given = std::make_shared<Given>();
  command->add_option("PICTURE", given->picture, "the picture; its middle square is taken")
      ->required()
      ->type_name("");
  command->add_option("-o,--output", given->output, "the generator's nearest picture")
      ->required()
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->run, jobs::generator_run_table());
  add_table_options(*command, given->options, gan::invert_option_table());
  command->callback([given, &action] { action = [given] { return invert(*given); }; });
}

}  // namespace atelier::cli
