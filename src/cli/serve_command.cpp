// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <memory>

#include "atelier/studio/serve.hpp"
#include "cli/hand_over.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "cli/studio_commands.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  GivenOptions serve, worker;
};

int serve(const Given& given) {
  studio::ServeOptions options;
  studio::WorkerOptions worker;
  apply_options(studio::serve_option_table(), given.serve, options);
  apply_options(studio::worker_option_table(), given.worker, worker);
  options.data = studio_folder(options.data);
  const StopOnSignal signals;
  studio::serve(
      options, worker,
      [](const studio::Opened& opened) {
        print_line("The studio is open at {}", opened.address);
        print_line("Open it by this link, which works once: {}", opened.link);
        std::fflush(stdout);
      },
      signals.token(), program_for_jobs());
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "serve", "open the studio: everything in a browser, for you or for a whole house");
  const auto given = std::make_shared<Given>();
  add_table_options(*command, given->serve, studio::serve_option_table());
  add_table_options(*command, given->worker, studio::worker_option_table(),
                    {"device", "threads", "job-memory", "job-time"});
  command->callback([given, &action] { action = [given] { return serve(*given); }; });
}

}  // namespace atelier::cli
