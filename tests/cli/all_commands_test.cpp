// SPDX-License-Identifier: Apache-2.0
// What the command line can do, the studio can: each command, and each of its options.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "cli/all_commands.hpp"
#include "studio/commands/command.hpp"

namespace atelier::cli {
namespace {

using testing::IsEmpty;
using Words = std::vector<std::string>;

/// Commands that are no jobs, and why.
const std::map<std::string, std::string> no_jobs{
    {"serve", "it is the studio"},
    {"worker", "it is a part of the studio"},
    {"studio backup", "whoever has the archive has the studio, so it is made where the studio is"},
    {"studio restore", "there is no studio before it"},
    {"thumbnail", "GET /api/v1/files/DIGEST/thumbnail"},
    {"help", "GET /api/v1/commands"},
    {"identity import", "a private key is brought where it stays, never through a browser"},
};

/// Options that a worker or the server settles, and why; of every command.
const std::map<std::string, std::string> settled{
    {"help", "GET /api/v1/commands/NAME"},
    {"json", "always"},
    {"quiet", "progress is told apart"},
    {"device", "--device of the worker"},
    {"threads", "--threads of the worker"},
    {"preview", "GET /api/v1/jobs/ID/preview"},
    {"trace", "GET /api/v1/jobs/ID/points"},
    {"passphrase-file", "the request's passphrase"},
    {"passphrase-env", "the request's passphrase"},
    {"sign", "a job of `sign` after it"},
    {"title", "likewise"},
    {"mark", "likewise"},
    {"author", "likewise"},
    {"licence", "likewise"},
    {"no-training", "likewise"},
    {"library", "the program's own"},
};

/// Options of one command.
const std::map<std::string, std::string> settled_of_one{
    {"stylize recipe", "a work is painted again from its request"},
    {"stylize style-from", "a job of `match` before it"},
    {"stylize format", "the output's format"},
    {"stylize sweep", "a job each"},
    {"stylize checkpoint", "a job that was lost goes on by itself"},
    {"stylize checkpoint-every", "likewise"},
    {"stylize checkpoint-unfit", "likewise"},
    {"similar words", "works have no names in the studio"},
    {"identity export private", "private keys stay where they are"},
    {"identity export file-passphrase-file", "the same"},
    {"identity export file-passphrase-env", "the same"},
    {"translate format", "the output's format"},
    {"catalog export format", "the output's format"},
    {"catalog import files-in", "the catalogue's own files"},
    {"catalog attach ledger", "the studio's ledger"},
    {"catalog init database", "the server's owner says where things are kept"},
};

struct Leaf {
  std::string path;
  Words options;
};

void collect(const CLI::App& app, const std::string& before, std::vector<Leaf>& leaves) {
  const std::vector<const CLI::App*> below =
      app.get_subcommands([](const CLI::App*) { return true; });
  // `palette` is a command and has one below it.
  if (below.empty() || app.get_require_subcommand_min() == 0) {
    Leaf leaf{before, {}};
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) leaf.options.push_back(name);
    }
    leaves.push_back(leaf);
  }
  for (const CLI::App* one : below)
    collect(*one, before + (before.empty() ? "" : " ") + one->get_name(), leaves);
}

std::vector<Leaf> leaves() {
  CLI::App app("", "atelier");
  app.require_subcommand(1);
  Action action;
  add_commands(app, action);
  std::vector<Leaf> all;
  collect(app, "", all);
  return all;
}

/// The command line's own words of a studio's command.
std::string path_of(const studio::Command& command) {
  std::string path;
  for (const std::string& word : command.words) {
    if (word.starts_with("--")) break;
    path += (path.empty() ? "" : " ") + word;
  }
  return path;
}

const studio::Command* job_of(const std::string& path) {
  for (const studio::Command& command : studio::commands())
    if (path_of(command) == path) return &command;
  return nullptr;
}

std::set<std::string> flags_of(const studio::Command& command) {
  std::set<std::string> flags;
  for (const studio::Option& option : command.options) flags.insert(option.spec.name);
  const auto add = [&](const std::string& flag) {
    if (flag == "-o") flags.insert("output");
    if (flag.starts_with("--")) flags.insert(flag.substr(2));
  };
  for (const studio::Input& input : command.inputs) add(input.flag);
  for (const studio::Output& output : command.outputs) add(output.flag);
  return flags;
}

TEST(AllCommands, AreJobsOfTheStudio) {
  Words missing;
  for (const Leaf& leaf : leaves()) {
    if (!no_jobs.contains(leaf.path) && job_of(leaf.path) == nullptr) missing.push_back(leaf.path);
  }
  EXPECT_THAT(missing, IsEmpty());
}

TEST(AllCommands, OfTheStudioAreTheProgramsOwn) {
  std::set<std::string> paths;
  for (const Leaf& leaf : leaves()) paths.insert(leaf.path);
  for (const studio::Command& command : studio::commands())
    EXPECT_TRUE(paths.contains(path_of(command))) << path_of(command);
  for (const auto& [path, why] : no_jobs) {
    EXPECT_TRUE(paths.contains(path)) << path;
    EXPECT_EQ(job_of(path), nullptr) << path;
  }
}

TEST(AllCommands, HaveAllTheirOptionsInTheStudio) {
  Words missing;
  for (const Leaf& leaf : leaves()) {
    const studio::Command* command = job_of(leaf.path);
    if (command == nullptr) continue;
    const std::set<std::string> flags = flags_of(*command);
    for (const std::string& name : leaf.options) {
      if (!flags.contains(name) && !settled.contains(name) &&
          !settled_of_one.contains(leaf.path + " " + name))
        missing.push_back(leaf.path + " " + name);
    }
  }
  EXPECT_THAT(missing, IsEmpty());
}

TEST(AllCommands, OfTheStudioHaveNoOtherOptions) {
  for (const Leaf& leaf : leaves()) {
    const studio::Command* command = job_of(leaf.path);
    if (command == nullptr) continue;
    for (const studio::Option& option : command->options) {
      if (option.positional) continue;
      EXPECT_TRUE(std::find(leaf.options.begin(), leaf.options.end(), option.spec.name) !=
                  leaf.options.end())
          << leaf.path << " --" << option.spec.name;
    }
  }
}

TEST(AllCommands, OfTheStudioTakeNoPath) {
  const std::set<std::string> paths{"FILE", "DIR", "PATH", "FOLDER"};
  for (const studio::Command& command : studio::commands()) {
    for (const studio::Option& option : command.options)
      EXPECT_FALSE(paths.contains(option.spec.unit)) << command.name << " " << option.spec.name;
  }
}

}  // namespace
}  // namespace atelier::cli
