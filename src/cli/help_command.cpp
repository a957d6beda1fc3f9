// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <memory>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/jobs/version.hpp"
#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/manual_page.hpp"
#include "cli/options_markdown.hpp"
#include "cli/output.hpp"
#include "cli/usage_error.hpp"

namespace atelier::cli {

namespace {

struct Given {
  std::vector<std::string> topic;
  std::string completion, manuals;
  bool markdown = false, manual = false;
};

std::string completion_for(const std::string& shell, const CLI::App& app) {
  const CommandOutline program = outline_of(app);
  if (shell == "bash") return bash_completion(program);
  return shell == "zsh" ? zsh_completion(program) : fish_completion(program);
}

/// A page for each command, each in a file of its own: atelier-train-fast.1.
void write_manuals(const CommandOutline& command, const std::string& path,
                   const std::filesystem::path& folder) {
  std::string name = path;
  std::replace(name.begin(), name.end(), ' ', '-');
  write_file(folder / (name + ".1"), manual_page(command, path, std::string(jobs::version())));
  for (const CommandOutline& below : command.commands)
    write_manuals(below, path + " " + below.name, folder);
}

int help(const Given& given, CLI::App& app) {
  const bool options = given.topic == std::vector<std::string>{"options"};
  if (given.markdown && !options)
    fail(ErrorKind::invalid_argument, "--markdown is for `atelier help options` alone.");
  const CLI::App* topic = &app;
  std::string before, path = "atelier";
  for (const std::string& word : options ? std::vector<std::string>{"stylize"} : given.topic) {
    const CLI::App* below = find_command(*topic, word);
    if (below == nullptr)
      fail(ErrorKind::invalid_argument, "{}", unknown_command_message(*topic, word));
    topic = below;
    before = path;
    path += " " + word;
  }
  if (!given.manuals.empty())
    write_manuals(outline_of(*topic), path, given.manuals);
  else if (!given.completion.empty())
    print_line("{}", completion_for(given.completion, app));
  else if (given.markdown)
    print_line("{}", options_markdown());
  else if (given.manual)
    print_line("{}", manual_page(outline_of(*topic), path, std::string(jobs::version())));
  else
    print_line("{}", before.empty() ? topic->help() : topic->help(before));
  return 0;
}

}  // namespace

void add_help(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("help", "show the help of a command, or every option");
  const auto given = std::make_shared<Given>();
  command->add_option("TOPIC", given->topic, "a command, or `options`")
      ->type_name("")
      ->expected(0, 2);
  command->add_flag("--markdown", given->markdown, "the options as docs/options.md shows them");
  command->add_flag("--manual", given->manual, "as a page for man");
  command->add_option("--manuals", given->manuals, "write the pages of all commands into a folder")
      ->type_name("FOLDER");
  command
      ->add_option("--completion", given->completion,
                   "a shell's script that completes commands and options")
      ->type_name("bash|zsh|fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback(
      [given, &app, &action] { action = [given, &app] { return help(*given, app); }; });
}

}  // namespace atelier::cli
