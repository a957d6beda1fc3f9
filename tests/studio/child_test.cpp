// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/child.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "atelier/base/temporary_folder.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

TEST(Child, EndsWhenItHasUsedItsTimeOfTheProcessor) {
  const TemporaryFolder folder;
  Child busy({.program = "/bin/sh",
              .words = {"-c", "while :; do :; done"},
              .folder = folder.path(),
              .cpu_seconds = 1},
             [](std::string_view) {});
  EXPECT_FALSE(busy.run_for(120s));
  EXPECT_EQ(busy.status(), 128 + SIGXCPU);
  Child idle(
      {.program = "/bin/sh", .words = {"-c", "sleep 2"}, .folder = folder.path(), .cpu_seconds = 1},
      [](std::string_view) {});
  EXPECT_FALSE(idle.run_for(120s));
  EXPECT_EQ(idle.status(), 0) << "what others use does not count";
}

}  // namespace
}  // namespace atelier::studio
