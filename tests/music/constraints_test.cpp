// SPDX-License-Identifier: Apache-2.0
// Walks by chance over what is allowed: they always end, and what they make keeps the limits.
#include "atelier/music/constraints.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "../base/error_matcher.hpp"
#include "atelier/base/error.hpp"
#include "atelier/music/timing.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::HasSubstr;

std::vector<int> walk(TokenConstraint& constraint, std::uint64_t seed, int steps = 4000) {
  RandomStream random(seed, "walk");
  std::vector<int> tokens;
  while (!constraint.ended() && static_cast<int>(tokens.size()) < steps) {
    std::vector<int> choices;
    for (int id = 0; id < std::ssize(constraint.allowed()); ++id) {
      if (constraint.allowed()[static_cast<std::size_t>(id)]) choices.push_back(id);
    }
    if (choices.empty()) {
      ADD_FAILURE() << "nothing is allowed after " << tokens.size() << " tokens";
      break;
    }
    tokens.push_back(choices[random.next() % choices.size()]);
    constraint.accept(tokens.back());
  }
  return tokens;
}

TEST(ChoraleConstraint, KeepsRangesAndEnds) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    ChoraleConstraint constraint(
        {.spans = {{{60, 79}, {55, 74}, {48, 67}, {40, 60}}}, .max_steps = 40});
    const Chorale made = decode_chorale(walk(constraint, seed));
    EXPECT_TRUE(constraint.ended());
    EXPECT_GE(made.steps.size(), 1u);
    EXPECT_LE(made.steps.size(), 40u);
    for (const ChoraleStep& step : made.steps) {
      if (step.pitch[0] != ChoraleStep::rest) {
        EXPECT_GE(step.pitch[0], 60);
        EXPECT_LE(step.pitch[0], 79);
      }
    }
  }
}

TEST(ChoraleConstraint, LeavesAGivenMelodyUntouched) {
  const Chorale given = test::cadence_in_c();
  ChoraleConstraint constraint({.fixed = {true, false, false, false}, .given = given});
  const Chorale made = decode_chorale(walk(constraint, 3));
  ASSERT_EQ(made.steps.size(), given.steps.size());
  for (std::size_t s = 0; s < given.steps.size(); ++s) {
    EXPECT_EQ(made.steps[s].pitch[0], given.steps[s].pitch[0]);
    EXPECT_EQ(made.steps[s].struck[0], given.steps[s].struck[0]);
  }
}

TEST(ChoraleConstraint, RefusesWhatIsNotAllowed) {
  ChoraleConstraint constraint;
  EXPECT_ERROR(constraint.accept(chorale_hold), invalid_argument, HasSubstr("HOLD"));
  EXPECT_ERROR(ChoraleConstraint({.max_steps = 0}), invalid_argument, HasSubstr("1..16384"));
  EXPECT_ERROR(ChoraleConstraint({.fixed = {true, false, false, false}}), invalid_argument,
               HasSubstr("0 sixteenths"));
}

TEST(FolkConstraint, EveryBarIsAsLongAsItsMetreSays) {
  int ended = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    FolkLimits limits{.lowest = 60, .highest = 79, .max_bars = 8};
    if (seed % 2 == 0) limits.metre = Metre{0, 6, 8};
    FolkConstraint constraint(limits);
    const Score made = decode_folk(walk(constraint, seed));
    ended += constraint.ended() ? 1 : 0;
    const std::vector<Tick> bars = bar_starts(made);
    EXPECT_LE(bars.size(), 9u);  // with a pickup
    for (std::size_t b = 1; b + 1 < bars.size(); ++b)
      EXPECT_EQ(bars[b + 1] - bars[b], bar_length(metre_at(made, bars[b]), 24));
    for (const Note& note : made.notes) {
      EXPECT_GE(note.pitch, 60);
      EXPECT_LE(note.pitch, 79);
    }
  }
  EXPECT_EQ(ended, 60);
}

TEST(FolkConstraint, EndsOnTheTonicWhereItMust) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    FolkLimits limits{.max_bars = 4, .ends_on_tonic = true};
    limits.mode = static_cast<Mode>(seed % 7);
    FolkConstraint constraint(limits);
    const Score made = decode_folk(walk(constraint, seed));
    EXPECT_TRUE(constraint.ended());
    EXPECT_EQ(made.notes.back().pitch % 12, tonic(key_at(made, 0))) << seed;
    EXPECT_EQ(tonic(key_at(made, 0)), tonic({0, *limits.mode})) << seed;
  }
}

TEST(FolkConstraint, AllowsWhatTunesAre) {
  const Score tune = decode_folk(encode_folk(in_ticks(
      [] {
        Score score = to_score(test::cadence_in_c());
        score.metres = {{0, 2, 4}};
        return score;
      }(),
      24)));
  FolkConstraint constraint;
  const std::vector<int> tokens = encode_folk(tune);
  for (std::size_t i = 1; i < tokens.size(); ++i) constraint.accept(tokens[i]);
  EXPECT_TRUE(constraint.ended());
}

TEST(PianoConstraint, NoNoteHangs) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    PianoConstraint constraint({.lowest = 48, .highest = 84, .max_sounding = 3, .max_seconds = 5});
    const std::vector<int> tokens = walk(constraint, seed, 100'000);
    EXPECT_TRUE(constraint.ended());
    const PianoPerformance made = decode_piano(tokens);
    EXPECT_EQ(made.hanging_notes, 0);
    EXPECT_LE(made.score.length, 500);
    for (const Note& note : made.score.notes) {
      EXPECT_GE(note.pitch, 48);
      EXPECT_LE(note.pitch, 84);
    }
  }
}

TEST(PianoConstraint, LetsGoInTimeAndIsNotSilentForLong) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    PianoConstraint constraint({.max_seconds = 30, .longest_note = 0.7, .longest_silence = 0.5});
    const PianoPerformance made = decode_piano(walk(constraint, seed, 100'000));
    EXPECT_TRUE(constraint.ended());
    ASSERT_FALSE(made.score.notes.empty());
    Tick sounded = 0;  // until when
    for (const Note& note : made.score.notes) {
      EXPECT_LE(note.length, 70);
      EXPECT_LE(note.start - sounded, 50);
      sounded = std::max(sounded, note.start + note.length);
    }
  }
  EXPECT_THROW(PianoConstraint({.longest_note = 0}), Error);
  EXPECT_THROW(PianoConstraint({.longest_silence = std::nan("")}), Error);
}

TEST(PianoConstraint, IsNoFasterThanHands) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    PianoConstraint constraint({.lowest = 60,
                                .highest = 66,
                                .max_seconds = 5,
                                .longest_silence = 0.5,
                                .shortest_note = 0.03,
                                .shortest_repeat = 0.08,
                                .most_strokes = 12,
                                .quiet_end = 0.4});
    const PianoPerformance made = decode_piano(walk(constraint, seed, 100'000));
    EXPECT_TRUE(constraint.ended());
    const auto& notes = made.score.notes;
    ASSERT_FALSE(notes.empty());
    std::map<int, Tick> struck;
    for (std::size_t i = 0; i < notes.size(); ++i) {
      EXPECT_GE(notes[i].length, 3);
      EXPECT_LE(notes[i].start, 460);
      if (const auto before = struck.find(notes[i].pitch); before != struck.end()) {
        EXPECT_GE(notes[i].start - before->second, 8);
      }
      struck[notes[i].pitch] = notes[i].start;
      if (i >= 12) {
        EXPECT_GE(notes[i].start - notes[i - 12].start, 100);
      }
    }
  }
  EXPECT_THROW(PianoConstraint({.longest_note = 0.1, .shortest_note = 0.2}), Error);
  EXPECT_THROW(PianoConstraint({.most_strokes = 0}), Error);
}

TEST(PianoConstraint, AllowsWhatPiecesAreTransposedTo) {
  Score score = test::random_score(2);
  score.voices[2].drums = false;
  PianoConstraint constraint({.max_sounding = 88});
  const std::vector<int> tokens = encode_piano(score);
  for (std::size_t i = 1; i < tokens.size(); ++i) constraint.accept(tokens[i]);
  EXPECT_TRUE(constraint.ended());
}

}  // namespace
}  // namespace atelier::music
