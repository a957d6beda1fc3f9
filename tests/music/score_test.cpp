// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/score.hpp"

#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "atelier/music/timing.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Score two_voices() {
  Score score;
  score.ticks_per_quarter = 4;
  score.voices.resize(2);
  return score;
}

TEST(Score, IsTidiedSoThatNoPitchOverlapsItself) {
  Score score = two_voices();
  score.notes = {{8, 0, 60, 4, 80}, {0, 0, 60, 12, 70}, {0, 0, 60, 2, 90}, {2, 1, 60, 0, 80}};
  tidy(score);
  EXPECT_THAT(score.notes,
              ElementsAre(Note{0, 0, 60, 8, 90}, Note{2, 1, 60, 1, 80}, Note{8, 0, 60, 4, 80}));
  EXPECT_EQ(score.length, 12);
  EXPECT_NO_THROW(check(score));
}

TEST(Score, RefusesWhatBreaksItsLimits) {
  Score score = two_voices();
  score.notes = {{0, 0, 128, 4, 80}};
  score.length = 4;
  EXPECT_ERROR(check(score), invalid_argument, HasSubstr("128"));
  score.notes = {{0, 2, 60, 4, 80}};
  EXPECT_ERROR(check(score), invalid_argument, HasSubstr("voice 2"));
  score.notes = {{0, 0, 60, 4, 80}, {2, 0, 60, 2, 80}};
  EXPECT_ERROR(check(score), invalid_argument, HasSubstr("while it sounds"));
  score.notes.clear();
  score.metres = {{0, 4, 3}};
  EXPECT_ERROR(check(score), invalid_argument, HasSubstr("4/3"));
  score.metres = {{4, 4, 4}, {0, 3, 4}};
  EXPECT_ERROR(check(score), invalid_argument, HasSubstr("out of order"));
}

TEST(Score, TransposesPitchesKeysAndChordSymbolsButNoDrums) {
  Score score = two_voices();
  score.voices[1].drums = true;
  score.notes = {{0, 0, 60, 4, 80}, {0, 1, 38, 4, 80}};
  score.length = 4;
  score.keys = {{0, {0, Mode::major}}};
  score.chords = {{0, "C"}, {1, "D/f+"}, {2, "Bb7"}, {3, "?"}};
  const Score up = transposed(score, 2);
  EXPECT_EQ(up.notes[0].pitch, 62);
  EXPECT_EQ(up.notes[1].pitch, 38);
  EXPECT_EQ(up.keys[0].key, (Key{2, Mode::major}));
  EXPECT_EQ(up.chords[0].text, "D");
  EXPECT_EQ(up.chords[1].text, "E/g+");
  EXPECT_EQ(up.chords[2].text, "C7");
  EXPECT_EQ(up.chords[3].text, "?");
  EXPECT_ERROR(transposed(score, 68), invalid_argument, HasSubstr("128"));
}

TEST(Score, GoesToFinerTicksAndBackWithoutLoss) {
  const Score score = test::random_score(3);
  EXPECT_EQ(in_ticks(in_ticks(score, 480), 12), score);
}

TEST(Timing, AddsUpStretchesOfTempo) {
  Score score = two_voices();
  score.tempi = {{4, 1'000'000}, {8, 250'000}};
  const TempoMap map(score);
  EXPECT_DOUBLE_EQ(map.seconds(0), 0);
  EXPECT_DOUBLE_EQ(map.seconds(4), 0.5);  // 120 a minute before the first
  EXPECT_DOUBLE_EQ(map.seconds(8), 1.5);
  EXPECT_DOUBLE_EQ(map.seconds(16), 2.0);
}

TEST(Timing, BarsFollowMetresUnlessTheScoreNamesThem) {
  Score score = two_voices();
  score.length = 50;
  score.metres = {{0, 3, 4}, {30, 4, 4}};
  EXPECT_THAT(bar_starts(score), ElementsAre(0, 12, 24, 30, 46));
  score.bars = {2, 14};
  EXPECT_THAT(bar_starts(score), ElementsAre(0, 2, 14));
}

}  // namespace
}  // namespace atelier::music
