// SPDX-License-Identifier: Apache-2.0
// What the machine has and can, and every command together.
#include "atelier/jobs/bench.hpp"
#include "atelier/jobs/stylize.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

Command models(const char* name, const char* help) {
  return at_home("models", name, help);
}

Command named(Command command, bool required) {
  command.options = {positional_list("name", "Models", "as models-list shows them")};
  command.options.front().required = required;
  return command;
}

Command import() {
  Command command = models("import", "take a file of yours as the weights of a model");
  command.inputs = {{"file", "its package, or weights", "", {"model", "archive"}}};
  command.options = {needed_positional("name", "Models", "the model it holds")};
  return command;
}

Command doctor() {
  Command command{.name = "doctor",
                  .help = "show what the server's machine offers and what is missing",
                  .words = {"doctor"},
                  .inputs = {},
                  .outputs = {},
                  .options = {},
                  .repeatable = false};
  command.at_home = true;
  command.answers = {3};
  return command;
}

Command bench() {
  Command command{.name = "bench",
                  .help = "measure how fast the machine of a worker paints",
                  .words = {"bench"},
                  .inputs = {},
                  .outputs = {},
                  .options = {},
                  .repeatable = false};
  add_options(command, jobs::bench_option_table());
  for (const char* name :
       {"size", "loss", "backbone", "pooling", "padding", "optimizer", "tile", "engine"}) {
    const auto* entry = style::stylize_option_table().find(name);
    command.options.push_back({entry->spec, entry->default_value()});
  }
  command.device = command.threads = true;
  return command;
}

}  // namespace

std::vector<Command> machine_commands() {
  return {models("list", "show every model and whether it is here"),
          named(models("info", "show all that is known of a model"), true),
          named(models("fetch", "bring a model by its package's client"), true),
          import(),
          named(models("verify", "compare weights with their recorded digests"), false),
          doctor(),
          bench()};
}

const std::vector<Command>& commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> list;
    for (auto part : {making_commands(), training_commands(), credential_commands(),
                      catalogue_commands(), ledger_commands(), machine_commands()}) {
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return all;
}

}  // namespace atelier::studio
