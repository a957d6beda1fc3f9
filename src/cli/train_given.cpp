// SPDX-License-Identifier: Apache-2.0
#include "cli/train_given.hpp"

#include <cstdio>

#include "atelier/base/error.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"

namespace atelier::cli {

void add_train_options(CLI::App& app, TrainGiven& given, const train::TrainOptions& defaults,
                       const char* beginning) {
  app.add_option("--from", given.initial, beginning)->type_name("PATH");
  app.add_option("--out", given.folder,
                 "folder of the run; one that holds a checkpoint is gone on from")
      ->required()
      ->type_name("DIR");
  app.add_flag("--json", given.json, "print the log as JSON lines, then one object");
  app.add_flag("--quiet", given.quiet, "show no progress");
  add_table_options(app, given.options, train::train_option_table(), {}, defaults);
}

int run_training(
    const TrainGiven& given,
    const std::function<jobs::TrainReport(const train::RunListeners&, std::stop_token)>& run) {
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  train::RunListeners listeners;
  listeners.on_progress = [&](const Progress& progress) { bar.show(progress); };
  listeners.on_warning = [&](const std::string& warning) {
    bar.clear();
    fmt::print(stderr, "atelier: {}\n", warning);
  };
  if (given.json) {
    listeners.on_log = [](const nlohmann::ordered_json& line) {
      print_line("{}", line.dump());
      std::fflush(stdout);
    };
  }
  const jobs::TrainReport report = run(listeners, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: {} steps, best held-out loss {:.4f}, {:.0f} s", report.folder.string(),
               report.run.steps, report.run.best, report.run.seconds);
  }
  return report.run.stopped ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace atelier::cli
