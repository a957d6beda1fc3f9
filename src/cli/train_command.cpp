// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/train_fast.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string photos, paintings, style, folder, initial;
  GivenOptions train, fast;
  bool json = false, quiet = false;
};

int train_fast(const Given& given) {
  if (given.paintings.empty() == given.style.empty()) {
    fail(ErrorKind::invalid_argument,
         "give either --paintings, for a network of every style, or --style, for one of its own.");
  }
  jobs::TrainFastRequest request{given.photos,
                                 given.style.empty() ? given.paintings : given.style,
                                 {given.folder, given.initial, {}, {}}};
  apply_options(train::train_option_table(), given.train, request.training.train);
  apply_options(fast::fast_option_table(), given.fast, request.training.fast);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  train::RunListeners listeners;
  listeners.on_progress = [&](const Progress& progress) { bar.show(progress); };
  if (given.json) {
    listeners.on_log = [](const nlohmann::ordered_json& line) {
      print_line("{}", line.dump());
      std::fflush(stdout);
    };
  }
  const jobs::TrainFastReport report = jobs::train_fast(request, listeners, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: {} steps, best held-out loss {:.4f}, {:.0f} s", report.folder.string(),
               report.run.steps, report.run.best, report.run.seconds);
  }
  return report.run.stopped ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("train", "let a network learn; resumable");
  command->require_subcommand(1);
  const auto given = std::make_shared<Given>();
  CLI::App* fast = command->add_subcommand(
      "fast", "the network that paints any photograph in any style in one pass");
  fast->add_option("--photos", given->photos, "photographs: a packed set or a folder")
      ->required()
      ->type_name("PATH");
  fast->add_option("--paintings", given->paintings,
                   "paintings of every style: a packed set or a folder")
      ->type_name("PATH");
  fast->add_option("--style", given->style,
                   "one painting or one painter's folder: a network for this style alone")
      ->type_name("PATH");
  fast->add_option("--from", given->initial, "a trained model to begin from")->type_name("FILE");
  fast->add_option("--out", given->folder,
                   "folder of the run; one that holds a checkpoint is gone on from")
      ->required()
      ->type_name("DIR");
  fast->add_flag("--json", given->json, "print the log as JSON lines, then one object");
  fast->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*fast, given->fast, fast::fast_option_table());
  add_table_options(*fast, given->train, train::train_option_table());
  fast->callback([given, &action] { action = [given] { return train_fast(*given); }; });
}

}  // namespace atelier::cli
