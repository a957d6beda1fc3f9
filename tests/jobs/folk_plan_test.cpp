// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "atelier/music/folk_tokens.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

/// A quarter in 4/4; `degree`: semitones above C.
void strike(std::vector<int>& piece, int degree, int quarters = 1) {
  piece.push_back(music::first_folk_pitch + 60 - music::lowest_folk_pitch + degree);
  piece.push_back(music::first_folk_duration + quarters * music::folk_steps_per_quarter - 1);
}

std::vector<int> opening() {
  return {music::first_folk_mode, music::folk_metre_token({0, 4, 4})};
}

/// Bars of four quarters.
void say(std::vector<int>& piece, const std::vector<std::vector<int>>& strain) {
  for (const std::vector<int>& bar : strain) {
    for (const int degree : bar) strike(piece, degree);
    piece.push_back(music::folk_bar);
  }
}

const std::vector<std::vector<int>> strain{
    {0, 4, 7, 4}, {5, 9, 12, 9}, {7, 11, 14, 11}, {4, 0, 2, 0}};

std::vector<float> preferred(const std::vector<int>& piece) {
  std::vector<float> logits(static_cast<std::size_t>(music::folk_vocabulary().size()), 0.0F);
  make_folk_plan({})->prefer(piece, logits);
  return logits;
}

TEST(FolkPlan, LetsAStrainBeSaidTwiceAndWarnsOfAThirdTime) {
  std::vector<int> piece = opening();
  say(piece, strain);
  EXPECT_EQ(preferred(piece), std::vector<float>(preferred(piece).size(), 0.0F));
  say(piece, strain);
  const std::vector<float> logits = preferred(piece);
  std::vector<int> next;
  strike(next, 0);  // as the strain begins
  for (std::size_t i = 0; i < logits.size(); ++i)
    EXPECT_EQ(logits[i], i == event_of(next.front()) ? -4.0F : 0.0F) << i;
  // Another beginning breaks the circle.
  strike(piece, 2);
  EXPECT_EQ(preferred(piece), std::vector<float>(logits.size(), 0.0F));
}

TEST(FolkPlan, DoesNotCountAPickup) {
  ComposeOptions options;
  options.bars = 2;
  const auto plan = make_folk_plan(options);
  std::vector<int> piece = opening();
  strike(piece, 7);
  piece.push_back(music::folk_bar);
  EXPECT_EQ(plan->bars_in(piece), 0);
  say(piece, {strain[0]});
  EXPECT_EQ(plan->bars_in(piece), 1);
  EXPECT_TRUE(plan->ends_within(plan->bars_in(piece)));
  std::vector<int> whole = opening();
  say(whole, {strain[0]});
  EXPECT_EQ(plan->bars_in(whole), 1);
}

}  // namespace
}  // namespace atelier::jobs
