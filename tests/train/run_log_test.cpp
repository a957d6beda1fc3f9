// SPDX-License-Identifier: Apache-2.0
#include "train/run_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::train {
namespace {

std::string text_of(const TemporaryFolder& folder, const char* name) {
  return read_file(folder.path() / name, 1 << 20);
}

TEST(RunLog, WritesOneObjectALine) {
  const TemporaryFolder folder;
  RunLog log(folder.path(), 0);
  log.add(1, 0.5, {{"total", 2}}, false);
  log.add(1, 0.5, {{"total", 3}}, true);
  EXPECT_EQ(text_of(folder, "log.jsonl"),
            "{\"step\":1,\"seconds\":0.5,\"total\":2.0}\n"
            "{\"step\":1,\"seconds\":0.5,\"held_out\":{\"total\":3.0}}\n");
}

TEST(RunLog, DropsWhatWillBeDoneAgainAndHalfALine) {
  const TemporaryFolder folder;
  {
    RunLog log(folder.path(), 0);
    for (int step = 1; step <= 5; ++step) log.add(step, step, {{"total", step}}, false);
  }
  write_file(folder.path() / "log.jsonl", text_of(folder, "log.jsonl") + "{\"step\":6,\"sec");
  RunLog log(folder.path(), 3);
  EXPECT_THAT(text_of(folder, "log.jsonl"), testing::HasSubstr("\"step\":3"));
  EXPECT_THAT(text_of(folder, "log.jsonl"), testing::Not(testing::HasSubstr("\"step\":4")));
  log.add(4, 4, {{"total", 4}}, false);
  EXPECT_THAT(text_of(folder, "log.jsonl"), testing::EndsWith("\"total\":4.0}\n"));
}

TEST(RunLog, DrawsWhatItHas) {
  const TemporaryFolder folder;
  RunLog log(folder.path(), 0);
  for (int step = 1; step <= 3000; ++step) log.add(step, step, {{"total", 1.0 / step}}, false);
  log.add(3000, 1, {{"total", 0.5}}, true);
  log.draw();
  const std::string svg = text_of(folder, "losses.svg");
  EXPECT_THAT(svg, testing::HasSubstr("<polyline"));
  EXPECT_THAT(svg, testing::HasSubstr("total, held out"));
  EXPECT_LT(svg.size(), 30000U);
}

}  // namespace
}  // namespace atelier::train
