// SPDX-License-Identifier: Apache-2.0
#include "jobs/loss_plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace atelier::jobs {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<style::Step> descent(int steps) {
  std::vector<style::Step> result;
  for (int i = 1; i <= steps; ++i) {
    style::Step step;
    step.scale = i <= steps / 2 ? 256 : 512;
    step.iteration = i;
    step.iterations = steps;
    step.losses = {.content = 0.5 / i, .style = 2.0 / i, .tv = 0, .total = 2.5 / i};
    result.push_back(step);
  }
  return result;
}

int count(const std::string& text, const std::string& part) {
  int n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(LossPlot, DrawsALineATermAndARuleAScale) {
  const std::string svg = loss_plot_svg(descent(40));
  EXPECT_EQ(count(svg, "<polyline"), 3)
      << "tv is 0 throughout, which a logarithmic axis cannot show";
  EXPECT_THAT(svg, HasSubstr(">256 px<"));
  EXPECT_THAT(svg, HasSubstr(">512 px<"));
  EXPECT_THAT(svg, HasSubstr(">total<"));
  EXPECT_THAT(svg, Not(HasSubstr(">tv<")));
}

TEST(LossPlot, TheFirstPointIsLeftAndTheLastRight) {
  const std::string svg = loss_plot_svg(descent(40));
  EXPECT_THAT(svg, HasSubstr("points=\"80.0,"));
  EXPECT_THAT(svg, HasSubstr(" 850.0,"));
}

TEST(LossPlot, StaysReadableForAnyRun) {
  EXPECT_THAT(loss_plot_svg({}), HasSubstr("</svg>"));
  EXPECT_THAT(loss_plot_svg(descent(1)), HasSubstr("<polyline"));
  auto broken = descent(3);
  broken[1].losses.total = std::numeric_limits<double>::quiet_NaN();
  broken[2].losses.style = std::numeric_limits<double>::infinity();
  const std::string svg = loss_plot_svg(broken);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("inf")));
}

TEST(LossPlot, LongRunsAreThinned) {
  EXPECT_LT(loss_plot_svg(descent(100000)).size(), 100000U);
}

}  // namespace
}  // namespace atelier::jobs
