// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/subprocess.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier {
namespace {

TEST(Subprocess, KeepsStatusOutputAndLastLine) {
  const ProcessResult result =
      run_process({"/bin/sh", "-c", "echo one; echo two >&2; echo; exit 3"});
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "one\ntwo\n\n");
  EXPECT_EQ(last_line(result.output), "two");
  EXPECT_EQ(last_line(""), "");
  EXPECT_EQ(last_line(" \n"), "");
  EXPECT_EQ(run_process({"/bin/sh", "-c", "kill -9 $$"}).status, 128 + 9);
  EXPECT_THROW(static_cast<void>(run_process({"/nonexistent/program"})), Error);
}

TEST(Subprocess, KeepsOnlyTheEndOfMuchOutput) {
  const ProcessResult result = run_process(
      {"/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"});
  EXPECT_LE(result.output.size(), 64u << 10);
  EXPECT_EQ(last_line(result.output), "line 19999");
}

TEST(Subprocess, EndsWhatTakesTooLong) {
  const ProcessResult result =
      run_process({"/bin/sh", "-c", "echo begun; exec sleep 60"}, {.seconds = 1});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.status, 128 + 9);
  EXPECT_EQ(result.output, "begun\n");
}

TEST(Subprocess, LimitsWhatIsWritten) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "much";
  const ProcessResult result = run_process({"/bin/sh", "-c", "sleep 0.1; yes > " + file.string()},
                                           {.seconds = 20, .file_bytes = 5000});
  EXPECT_NE(result.status, 0);
  EXPECT_FALSE(result.timed_out);
  EXPECT_LE(std::filesystem::file_size(file), 5000u);
}

}  // namespace
}  // namespace atelier
