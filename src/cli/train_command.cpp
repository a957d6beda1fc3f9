// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/train_emotions_command.hpp"

namespace atelier::cli {

void add_train(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("train", "let a network learn; resumable");
  command->require_subcommand(1);
  add_train_appraisal(*command, action);
  add_train_emotions(*command, action);
  add_train_fast(*command, action);
  add_train_gan(*command, action);
  add_train_music(*command, action);
  add_train_text(*command, action);
  add_train_translate(*command, action);
}

}  // namespace atelier::cli
