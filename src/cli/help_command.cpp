// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "cli/commands.hpp"
#include "cli/option_text.hpp"
#include "cli/output.hpp"
#include "cli/usage_error.hpp"

namespace atelier::cli {

void add_help(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("help", "show the help of a command, or every option");
  struct Given {
    std::string topic;
    bool markdown = false;
  };
  const auto given = std::make_shared<Given>();
  command->add_option("TOPIC", given->topic, "a command, or `options`")->type_name("");
  command->add_flag("--markdown", given->markdown, "the options as docs/options.md shows them");
  command->callback([given, &app, &action] {
    action = [given, &app] {
      const CLI::App* topic = given->topic.empty() ? &app : find_command(app, given->topic);
      if (given->topic == "options" && given->markdown) {
        print_line("{}", options_markdown());
      } else if (given->markdown) {
        fail(ErrorKind::invalid_argument, "--markdown is for `atelier help options` alone.");
      } else if (given->topic == "options") {
        print_line("{}", app.get_subcommand("stylize")->help("atelier"));
      } else if (topic) {
        print_line("{}", topic == &app ? app.help() : topic->help("atelier"));
      } else {
        fail(ErrorKind::invalid_argument, "{}", unknown_command_message(app, given->topic));
      }
      return 0;
    };
  });
}

}  // namespace atelier::cli
