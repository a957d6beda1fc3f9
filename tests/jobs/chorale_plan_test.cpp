// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "atelier/music/chorale_tokens.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

int strike(int pitch) {
  return music::first_chorale_pitch + pitch - music::lowest_chorale_pitch;
}

/// The pitches that are made less likely, by four nats each.
std::vector<int> warned_of(const std::vector<int>& piece) {
  std::vector<float> logits(static_cast<std::size_t>(music::chorale_vocabulary().size()), 0.0F);
  make_chorale_plan({})->prefer(piece, logits);
  std::vector<int> pitches;
  for (std::size_t event = 0; event < logits.size(); ++event) {
    if (logits[event] == 0) continue;
    EXPECT_EQ(logits[event], -4);
    pitches.push_back(id_of(static_cast<sequence::Token>(event)) - strike(0));
  }
  return pitches;
}

TEST(ChoralePlan, WarnsAVoiceOfParallelsWithThoseAbove) {
  // C major; then the soprano goes from G to A, the alto from E to F.
  std::vector<int> piece{music::chorale_beat, strike(67), strike(64), strike(60),
                         strike(48),          strike(69), strike(65)};
  // The tenor's D would be a fifth below A, as its C was below G; E above A counts as well.
  EXPECT_EQ(warned_of(piece), (std::vector{62, 76}));
  // So would the bass's D be; below its C it goes the other way.
  piece.push_back(music::chorale_hold);
  EXPECT_EQ(warned_of(piece), (std::vector{50, 62, 76}));
  // Where the tenor goes up, too, the bass may not go with it.
  piece.back() = strike(64);
  EXPECT_EQ(warned_of(piece), (std::vector{50, 52, 62, 64, 76}));
}

TEST(ChoralePlan, LeavesTheFirstChordAndTheSopranoAlone) {
  const std::vector<int> none;
  EXPECT_EQ(warned_of({}), none);
  EXPECT_EQ(warned_of({music::chorale_beat, strike(67), strike(64)}), none);
  EXPECT_EQ(warned_of({music::chorale_beat, strike(67), strike(64), strike(60), strike(48)}), none);
}

}  // namespace
}  // namespace atelier::jobs
