// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/studio/worker.hpp"
#include "cli/hand_over.hpp"
#include "cli/signals.hpp"
#include "cli/studio_commands.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

void add_worker(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("worker", "do the jobs of a studio that serve has opened");
  const auto given = std::make_shared<GivenOptions>();
  add_table_options(*command, *given, studio::worker_option_table());
  command->callback([given, &action] {
    action = [given] {
      studio::WorkerOptions options;
      apply_options(studio::worker_option_table(), *given, options);
      options.data = studio_folder(options.data);
      const StopOnSignal signals;
      studio::work(options, signals.token(), program_for_jobs());
      return 0;
    };
  });
}

}  // namespace atelier::cli
