// SPDX-License-Identifier: Apache-2.0
// What `atelier` does itself and what it leaves to the program that links libtorch.
#include "cli/hand_over.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "cli/all_commands.hpp"
#include "cli/quick_commands.hpp"
#include "cli/run.hpp"
#include "cli/usage_error.hpp"

namespace atelier::cli {
namespace {

bool quick(std::vector<const char*> words) {
  words.insert(words.begin(), "atelier");
  const CommandLine line(add_quick_commands);
  return is_for(line.app(), static_cast<int>(words.size()), words.data());
}

TEST(HandOver, IsOfWhateverHasNoQuickCommand) {
  EXPECT_TRUE(quick({"palette", "a.png"}));
  EXPECT_TRUE(quick({"write", "--form", "sonnet"}));
  EXPECT_TRUE(quick({"--progress", "json", "write"}));
  EXPECT_TRUE(quick({"--progress=json", "write"}));
  EXPECT_TRUE(quick({"--version"}));
  EXPECT_FALSE(quick({"stylize", "a.png", "b.png"}));
  EXPECT_FALSE(quick({"--progress", "json", "stylize"}));
  EXPECT_FALSE(quick({"--progress", "palette", "stylize"})) << "palette is no command here";
  EXPECT_FALSE(quick({"train", "text"}));
}

TEST(HandOver, LeavesHelpAndWhatNobodyKnowsToTheProgramWithAllCommands) {
  EXPECT_FALSE(quick({}));
  EXPECT_FALSE(quick({"--help"}));
  EXPECT_FALSE(quick({"help", "write"}));
  EXPECT_FALSE(quick({"write", "--help"}));
  EXPECT_FALSE(quick({"palette", "-h"}));
  EXPECT_FALSE(quick({"pallete"}));
  EXPECT_FALSE(quick({"--progress", "json"}));
  EXPECT_FALSE(quick({""}));
}

TEST(HandOver, QuickCommandsAreThoseOfTheWholeProgram) {
  const CommandLine some(add_quick_commands), all(add_commands);
  for (const CLI::App* command : some.app().get_subcommands([](const CLI::App*) { return true; })) {
    const CLI::App* same = find_command(all.app(), command->get_name());
    ASSERT_NE(same, nullptr) << command->get_name();
    EXPECT_EQ(command->help(), same->help());
  }
}

TEST(HandOver, ThreadsGiveWayUnlessTheEnvironmentSaysHow) {
  const auto spins = [](const char* given, const char* policy) -> std::string {
    for (const char* name : {"GOMP_SPINCOUNT", "OMP_WAIT_POLICY"}) ::unsetenv(name);
    if (given != nullptr) ::setenv("GOMP_SPINCOUNT", given, 1);
    if (policy != nullptr) ::setenv("OMP_WAIT_POLICY", policy, 1);
    let_threads_give_way();
    const char* now = std::getenv("GOMP_SPINCOUNT");
    return now != nullptr ? now : "";
  };
  EXPECT_EQ(spins(nullptr, nullptr), "2000");
  EXPECT_EQ(spins("7", nullptr), "7");
  EXPECT_EQ(spins(nullptr, "active"), "");
}

}  // namespace
}  // namespace atelier::cli
