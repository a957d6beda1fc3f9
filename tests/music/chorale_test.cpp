// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/chorale.hpp"

#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
constexpr int rest = ChoraleStep::rest;

TEST(Chorale, ReadsSetsAndHoldsWhatStays) {
  const auto sets = read_chorales(R"({"test": [[[67, 64, 60, 48], [67.0, 65, 60, 48]], []],
                                      "train": []})");
  ASSERT_EQ(sets.size(), 2u);
  const std::vector<Chorale>& test = sets.at("test");
  ASSERT_EQ(test.size(), 2u);
  EXPECT_THAT(test[0].steps[0].struck, ElementsAre(true, true, true, true));
  EXPECT_THAT(test[0].steps[1].struck, ElementsAre(false, true, false, false));
  EXPECT_THAT(test[0].steps[1].pitch, ElementsAre(67, 65, 60, 48));
  EXPECT_TRUE(test[1].steps.empty());
}

TEST(Chorale, GivesFewerPitchesToTheVoicesThatMoveLeast) {
  const auto sets = read_chorales(R"({"x": [[[69, 64, 60, 45], [69, 59, 45], [], [72, 60, 50]]]})");
  const std::vector<ChoraleStep>& steps = sets.at("x")[0].steps;
  EXPECT_THAT(steps[1].pitch, ElementsAre(69, rest, 59, 45));
  EXPECT_THAT(steps[1].struck, ElementsAre(false, false, true, false));
  EXPECT_THAT(steps[2].pitch, ElementsAre(rest, rest, rest, rest));
  EXPECT_THAT(steps[3].pitch, ElementsAre(72, rest, 60, 50));
}

TEST(Chorale, RefusesOtherJson) {
  for (const char* json :
       {"", "[]", "3", "{\"a\": 3}", "{\"a\": [[[60.5]]]}", "{\"a\": [[[128]]]}",
        "{\"a\": [[[1,1,1,1,1]]]}", "{\"a\": [[[[1]]]]}", "{\"a\": {}}", "{\"a\": [[[NaN]]]}",
        "{\"a\": [[[60]", "{\"a\": [[60]]}", "{\"a\": [[[null]]]}"})
    EXPECT_ERROR(read_chorales(json), bad_input, HasSubstr("the chorales cannot be read"));
  EXPECT_ERROR(read_chorales(std::string(1'000'000, '[')), bad_input, HasSubstr("no object"));
}

TEST(Chorale, BecomesAScoreAndBack) {
  Chorale chorale = test::cadence_in_c();
  chorale.steps[5].pitch[1] = rest;
  chorale.steps[6].pitch[1] = rest;
  chorale.steps[7].struck[1] = true;
  chorale.steps[9].struck[0] = true;  // struck again
  const Score score = to_score(chorale);
  EXPECT_EQ(score.voices.size(), 4u);
  EXPECT_EQ(to_chorale(score), chorale);
  EXPECT_EQ(to_chorale(in_ticks(score, 480)), chorale);
  EXPECT_EQ(transposed(transposed(chorale, 5), -5), chorale);
  EXPECT_ERROR(to_chorale(Score{}), invalid_argument, HasSubstr("four voices"));
}

}  // namespace
}  // namespace atelier::music
