// SPDX-License-Identifier: Apache-2.0
#include "cli/all_commands.hpp"
#include "cli/run.hpp"
#include "cli/studio_commands.hpp"

namespace atelier::cli {

void add_commands(CLI::App& app, Action& action) {
  add_stylize(app, action);
  add_score(app, action);
  add_match(app, action);
  add_palette(app, action);
  add_similar(app, action);
  add_frame(app, action);
  add_appraise(app, action);
  add_inspire(app, action);
  add_bench(app, action);
  add_dataset(app, action);
  add_generate(app, action);
  add_breed(app, action);
  add_invert(app, action);
  add_translate(app, action);
  add_write(app, action);
  add_compose(app, action);
  add_train(app, action);
  add_judge(app, action);
  add_identity(app, action);
  add_sign(app, action);
  add_verify(app, action);
  add_ledger(app, action);
  add_catalog(app, action);
  add_models(app, action);
  add_doctor(app, action);
  add_serve(app, action);
  add_worker(app, action);
  add_studio(app, action);
  add_thumbnail(app, action);
  add_help(app, action);
}

int run(int argc, const char* const* argv) {
  return with_exit_code([&] { return CommandLine(add_commands).run(argc, argv); });
}

}  // namespace atelier::cli
