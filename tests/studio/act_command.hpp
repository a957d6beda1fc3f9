// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/commands/command.hpp"

namespace atelier::studio {

/// How the stand-in for the program (fake_program.cpp) acts.
struct Act {
  int steps = 1, pause = 0;
  std::uint64_t seed = 0;
  std::string end = "done";
};

/// One command that is quick and does as it is told.
inline std::vector<Command> act_commands() {
  static const OptionTable<Act> table{
      {&Act::steps, {"steps", "Acting", "steps", "", 1, 100000, {}, {}}},
      {&Act::pause, {"pause", "Acting", "after each step", "ms", 0, 60000, {}, {}}},
      {&Act::seed, {"seed", "Acting", "what makes a request another", "", {}, {}, {}, {}}},
      {&Act::end,
       {"end",
        "Acting",
        "how it ends",
        "",
        {},
        {},
        {"done", "crash", "refuse", "text", "link"},
        {}}},
  };
  Command command{.name = "act",
                  .help = "does as it is told",
                  .words = {"act"},
                  .inputs = {{"file", "any text", "", {"text"}, 0, 3}},
                  .outputs = {{"result", "what was made", "-o", {"txt"}}},
                  .options = {}};
  add_options(command, table);
  command.options.push_back(
      {{"stubborn", "Acting", "does not stop when asked", "", {}, {}, {}, {}}, false, false, true});
  command.preview = true;
  command.no_preview_option = "end";
  command.no_preview_value = "link";
  return {command};
}

/// A request for it.
inline nlohmann::json act(std::uint64_t seed, nlohmann::json options = nlohmann::json::object()) {
  options["seed"] = seed;
  return {{"command", "act"}, {"options", options}};
}

}  // namespace atelier::studio
