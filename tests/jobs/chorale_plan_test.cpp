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

TEST(ChoralePlan, BringsAnOpeningIntoTheKey) {
  ComposeOptions options;
  options.key = "E";
  const auto plan = make_chorale_plan(options);
  music::Chorale opening;
  opening.steps.resize(8);
  opening.steps[0].pitch = {72, 64, 60, 48};  // C major
  opening.steps[0].struck = {true, true, true, true};
  opening.steps[4].pitch = {67, 64, 55, 48};
  opening.steps[4].struck = {true, true, true, true};
  for (const std::size_t i : {1, 2, 3}) opening.steps[i].pitch = opening.steps[0].pitch;
  for (const std::size_t i : {5, 6, 7}) opening.steps[i].pitch = opening.steps[4].pitch;
  const std::vector<int> ids = music::encode(opening);
  const auto moved = plan->in_key(std::span<const int>(ids).subspan(1, ids.size() - 2));
  ASSERT_TRUE(moved);
  EXPECT_EQ(music::decode_chorale(*moved), music::transposed(opening, 4));
  options.key = "Em";
  EXPECT_FALSE(
      make_chorale_plan(options)->in_key(std::span<const int>(ids).subspan(1, ids.size() - 2)));
}

TEST(ChoralePlan, CountsWhatStandsStillAsAFault) {
  const auto plan = make_chorale_plan({});
  music::Chorale chord;
  chord.steps.resize(24);
  for (music::ChoraleStep& step : chord.steps) step.pitch = {72, 64, 60, 48};
  chord.steps[0].struck = {true, true, true, true};
  const auto faults = [&](std::size_t from) {
    const std::vector<int> ids = music::encode(chord);
    return plan->faults(std::span<const int>(ids).subspan(1, ids.size() - 2), from);
  };
  EXPECT_DOUBLE_EQ(faults(0), 2 * 7 / 4.0);  // seven sixteenths behind a bar of four quarters
  EXPECT_DOUBLE_EQ(faults(music::chorale_tokens(20)), 2 * 4 / 4.0);
  chord.steps[12].struck[1] = true;
  EXPECT_DOUBLE_EQ(faults(0), 0);
}

}  // namespace
}  // namespace atelier::jobs
