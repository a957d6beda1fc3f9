// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/commands/command.hpp"
#include "studio/commands/request.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {

/// How the stand-in for the program (fake_program.cpp) acts.
struct Act {
  int steps = 1, pause = 0;
  std::uint64_t seed = 0;
  std::string end = "done";
};

/// Commands that are quick and do as they are told.
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
        {"done", "crash", "refuse", "lack", "text", "link"},
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
  command.options.push_back(
      {{"keeps", "Acting", "keeps a checkpoint", "", {}, {}, {}, {}}, false, false, true});
  command.keeps_checkpoint = [](const JobRequest& request, const TypeOf&) {
    return request.options.value("keeps", false);
  };
  command.preview = true;
  command.no_preview_option = "end";
  command.no_preview_value = "link";
  // Works on what is kept, at home, with a passphrase.
  Command whisper{.name = "whisper",
                  .help = "keeps a line, and tells how long what it heard was",
                  .words = {"whisper"},
                  .inputs = {},
                  .outputs = {{"result", "what was heard", "-o", {"txt"}}},
                  .options = {},
                  .repeatable = false};
  whisper.places = {"kept/lines"};
  whisper.at_home = true;
  whisper.passphrase = {"any"};
  whisper.answers = {4};
  Command finding = whisper;
  finding.name = "find";
  finding.words = {"whisper", "--end=finding"};
  finding.passphrase.reset();
  return {command, whisper, finding};
}

/// A worker that can do it and has neither GPU nor models.
inline Abilities act_abilities() {
  return {.gpus = {}, .memory = 1, .models = {}, .commands = {"act"}};
}

/// A request for it.
inline nlohmann::json act(std::uint64_t seed, nlohmann::json options = nlohmann::json::object()) {
  options["seed"] = seed;
  return {{"command", "act"}, {"options", options}};
}

}  // namespace atelier::studio
