// SPDX-License-Identifier: Apache-2.0
#include "jobs/step_log.hpp"

#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::jobs {
namespace {

std::string line(int step) {
  return fmt::format(R"({{"iteration":{},"total":1.5}})", step) + "\n";
}

/// What a trace that held `before` holds once a run that took so many steps before goes on.
std::string gone_on(const std::string& before, int steps) {
  const TemporaryFolder folder;
  StylizeExtras extras;
  extras.trace = folder.path() / "trace.jsonl";
  write_file(extras.trace, before);
  { const StepLog log(extras, {}, std::vector<style::Step>(static_cast<std::size_t>(steps))); }
  return read_file(extras.trace, 1 << 20);
}

TEST(StepLog, DropsWhatWillBeToldAgain) {
  const std::string three = line(1) + line(2) + line(3);
  EXPECT_EQ(gone_on(three, 2), line(1) + line(2));
  EXPECT_EQ(gone_on(three, 3), three);
  EXPECT_EQ(gone_on(three, 9), three);
  EXPECT_EQ(gone_on(three + R"({"itera)", 3), three) << "a torn line";
  EXPECT_EQ(gone_on(three + "\n", 3), three);
  EXPECT_EQ(gone_on("", 3), "");
  EXPECT_EQ(gone_on("\n", 3), "");
}

TEST(StepLog, ARunFromTheStartAddsToWhatIsThere) {
  EXPECT_EQ(gone_on(line(1) + "not ours", 0), line(1) + "not ours");
}

TEST(StepLog, ThePlotShowsStepsFromBefore) {
  const TemporaryFolder folder;
  StylizeExtras extras;
  extras.plot = folder.path() / "plot.svg";
  std::vector<style::Step> before(3);
  for (int i = 0; i < 3; ++i) {
    before[static_cast<std::size_t>(i)] = {64,  i + 1, 6,
                                           1.0, 1.0,   {.content = 1, .total = 3.0 - i}};
  }
  StepLog log(extras, {}, before);
  EXPECT_TRUE(log.finish().empty());
  EXPECT_NE(read_file(extras.plot, 1 << 20).find("<polyline"), std::string::npos);
}

}  // namespace
}  // namespace atelier::jobs
