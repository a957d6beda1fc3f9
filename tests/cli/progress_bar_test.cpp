// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_bar.hpp"

#include <gtest/gtest.h>

namespace atelier::cli {
namespace {

Progress painting() {
  Progress progress;
  progress.stage = "512 px";
  progress.done = 50;
  progress.total = 100;
  progress.seconds = 25;
  progress.remaining = 61.6;
  progress.values = {{"style", 0.125}, {"total", 0.5}};
  return progress;
}

TEST(ProgressText, ShowsRateTimeAndLosses) {
  EXPECT_EQ(progress_text(painting(), false, 200),
            "512 px  50/100  2.00 it/s  1:02 left  style 0.125  total 0.5");
  EXPECT_EQ(progress_text(painting(), true, 200),
            "512 px  [##########..........]  50/100  2.00 it/s  1:02 left  style 0.125  total 0.5");
}

TEST(ProgressText, FillsTheBarFromEndToEnd) {
  Progress progress;
  progress.total = 3;
  EXPECT_EQ(progress_text(progress, true, 200), "  [....................]  0/3");
  progress.done = 3;
  EXPECT_EQ(progress_text(progress, true, 200), "  [####################]  3/3");
}

TEST(ProgressText, IsCutToTheTerminal) {
  EXPECT_EQ(progress_text(painting(), true, 12), "512 px  [###");
}

TEST(ProgressText, SlowStepsAreTimed) {
  Progress progress = painting();
  progress.seconds = 125;
  EXPECT_NE(progress_text(progress, false, 200).find("2.50 s/it"), std::string::npos);
}

TEST(ProgressText, NamesAStageWithoutSteps) {
  Progress progress;
  progress.stage = "reading weights";
  EXPECT_EQ(progress_text(progress, true, 200), "reading weights");
}

TEST(ClockText, RoundsToSeconds) {
  EXPECT_EQ(clock_text(0), "0:00");
  EXPECT_EQ(clock_text(6.6), "0:07");
  EXPECT_EQ(clock_text(754), "12:34");
  EXPECT_EQ(clock_text(3723), "1:02:03");
  EXPECT_EQ(clock_text(-5), "0:00");
}

}  // namespace
}  // namespace atelier::cli
