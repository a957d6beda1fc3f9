// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/sweep.hpp"

#include <gmock/gmock.h>

#include "atelier/base/error.hpp"
#include "jobs/sweep_sheet.hpp"

namespace atelier::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::string& text) {
  try {
    (void)parse_sweep(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ParseSweep, ValuesStandBetweenCommasAndListsBetweenSemicolons) {
  EXPECT_EQ(parse_sweep("style-weight=0.5,1,2").option, "style-weight");
  EXPECT_THAT(parse_sweep("style-weight=0.5,1,2").values, ElementsAre("0.5", "1", "2"));
  EXPECT_THAT(parse_sweep("--loss=gram").values, ElementsAre("gram"));
  EXPECT_THAT(parse_sweep("style_layers=relu1_1,relu2_1;relu4_1").values,
              ElementsAre("relu1_1,relu2_1", "relu4_1"));
}

TEST(ParseSweep, RefusesInWords) {
  EXPECT_THAT(refusal("style-weight"), HasSubstr("name an option and its values"));
  EXPECT_THAT(refusal("=1"), HasSubstr("name an option"));
  EXPECT_THAT(refusal("weight=1"), HasSubstr("no option 'weight'"));
  EXPECT_THAT(refusal("preset=draft,best"), HasSubstr("preset"));
  EXPECT_THAT(refusal("size=256,9"), HasSubstr("--size does not take '9'"));
  EXPECT_THAT(refusal("size=256,"), HasSubstr("empty value"));
  EXPECT_THAT(refusal("style-weight=1,1.0"), HasSubstr("twice"));
}

std::vector<image::SheetCell> numbered(std::size_t count) {
  std::vector<image::SheetCell> cells(count);
  for (std::size_t i = 0; i < count; ++i) cells[i].label = std::to_string(i);
  return cells;
}

std::vector<std::string> labels(const image::SheetBlock& block) {
  std::vector<std::string> labels;
  for (const auto& cell : block.cells) labels.push_back(cell.label);
  return labels;
}

TEST(SweepBlocks, TheFirstOptionMakesRowsAndTheSecondColumns) {
  const auto blocks =
      sweep_blocks({{"size", {"64", "128"}}, {"seed", {"0", "1", "2"}}}, numbered(6));
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_THAT(blocks[0].rows, ElementsAre("size 64", "size 128"));
  EXPECT_THAT(blocks[0].columns, ElementsAre("seed 0", "seed 1", "seed 2"));
  EXPECT_THAT(labels(blocks[0]), ElementsAre("0", "1", "2", "3", "4", "5"));
}

TEST(SweepBlocks, FurtherOptionsMakeBlocks) {
  const std::vector<SweepAxis> axes{{"a", {"1", "2"}}, {"b", {"1", "2"}}, {"c", {"x", "y"}}};
  // The first axis is the slowest: 0..7 is a b c counted in binary.
  const auto blocks = sweep_blocks(axes, numbered(8));
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].heading, "c x");
  EXPECT_THAT(labels(blocks[0]), ElementsAre("0", "2", "4", "6"));
  EXPECT_EQ(blocks[1].heading, "c y");
  EXPECT_THAT(labels(blocks[1]), ElementsAre("1", "3", "5", "7"));
}

TEST(SweepBlocks, OneOptionRunsAlongRows) {
  const auto blocks = sweep_blocks({{"seed", {"0", "1", "2", "3", "4", "5", "6"}}}, numbered(7));
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].columns.size(), 3U);
  EXPECT_EQ(blocks[0].rows.size(), 3U);
  EXPECT_EQ(blocks[0].cells[6].label, "seed 6\n6");
  EXPECT_EQ(blocks[0].cells[8].label, "");
}

TEST(Sweep, RefusesBeforeTheFirstPainting) {
  SweepRequest request;
  const auto refused = [&] {
    try {
      (void)sweep(request);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  SweepAxis many{"seed", {}};
  for (int i = 0; i < 401; ++i) many.values.push_back(std::to_string(i));
  request.axes = {many};
  EXPECT_THAT(refused(), HasSubstr("401 paintings"));
  request.axes = {{"seed", {"1"}}, {"seed", {"2"}}};
  EXPECT_THAT(refused(), HasSubstr("twice"));
  request.axes = {{"seed", {"1"}}};
  request.each.extras.plot = "l.svg";
  EXPECT_THAT(refused(), HasSubstr("--plot"));
}

}  // namespace
}  // namespace atelier::jobs
