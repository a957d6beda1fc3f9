// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/abc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "../base/error_matcher.hpp"
#include "music/abc_element.hpp"
#include "music/abc_fields.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Tick eighth = abc_ticks_per_quarter / 2;

Score of(const std::string& music, const std::string& head = "M:4/4\nL:1/8\nK:C\n") {
  return read_abc("X:1\nT:t\n" + head + music + "\n");
}

std::vector<int> pitches(const Score& score) {
  std::vector<int> result;
  for (const Note& note : score.notes) result.push_back(note.pitch);
  return result;
}

/// In eighths.
std::vector<double> lengths(const Score& score) {
  std::vector<double> result;
  for (const Note& note : score.notes) result.push_back(static_cast<double>(note.length) / eighth);
  return result;
}

TEST(Abc, ReadsPitchesSignsAndOctaves) {
  EXPECT_THAT(pitches(of("C,C c c'")), ElementsAre(48, 60, 72, 84));
  EXPECT_THAT(pitches(of("^F F|F __B =B")), ElementsAre(66, 66, 65, 69, 71));
  EXPECT_THAT(pitches(of("^f F")), ElementsAre(78, 66));  // in every octave
  EXPECT_THAT(pitches(of("F c", "M:4/4\nL:1/8\nK:D\n")), ElementsAre(66, 73));
  EXPECT_THAT(pitches(of("^F-|F F")), ElementsAre(66, 65));  // the tie carries the sign
}

TEST(Abc, ReadsLengthsTupletsAndBrokenRhythm) {
  EXPECT_THAT(lengths(of("C C2 C/ C// C3/2 C/4")), ElementsAre(1, 2, 0.5, 0.25, 1.5, 0.25));
  EXPECT_THAT(lengths(of("C>D E<F")), ElementsAre(1.5, 0.5, 0.5, 1.5));
  EXPECT_THAT(lengths(of("C>>D")), ElementsAre(1.75, 0.25));
  const auto triplet = lengths(of("(3CDE F"));
  EXPECT_DOUBLE_EQ(triplet[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(triplet[3], 1);
  EXPECT_DOUBLE_EQ(lengths(of("(5:4:5CDEFG"))[4], 0.8);
  EXPECT_DOUBLE_EQ(lengths(of("(2CD", "M:6/8\nL:1/8\nK:C\n"))[0], 1.5);
}

TEST(Abc, TheUnitFollowsTheMetreWithoutL) {
  EXPECT_EQ(of("C", "M:2/4\nK:C\n").notes[0].length, eighth / 2);
  EXPECT_EQ(of("C", "M:3/4\nK:C\n").notes[0].length, eighth);
}

TEST(Abc, PlaysRepeatsAndEndings) {
  EXPECT_THAT(pitches(of("C|D:|E")), ElementsAre(60, 62, 60, 62, 64));
  EXPECT_THAT(pitches(of("C|:D:|E")), ElementsAre(60, 62, 62, 64));
  EXPECT_THAT(pitches(of("C|:D::E:|F")), ElementsAre(60, 62, 62, 64, 64, 65));
  EXPECT_THAT(pitches(of("C|1D:|2E||F")), ElementsAre(60, 62, 60, 64, 65));
  EXPECT_THAT(pitches(of("|:C|[1,3D:|[2E:|F")), ElementsAre(60, 62, 60, 64, 60, 62, 65));
  EXPECT_THAT(pitches(of("|::C::|")), ElementsAre(60, 60, 60));
  EXPECT_THAT(pitches(of("C||D:|")), ElementsAre(60, 62, 62));
  EXPECT_THAT(pitches(of("|:C||D:|")), ElementsAre(60, 62, 60, 62));
}

TEST(Abc, PlaysPartsInTheHeadsOrder) {
  EXPECT_THAT(pitches(of("P:A\nC|]\nP:B\nD|]", "P:AB(AB)2\nM:4/4\nL:1/8\nK:C\n")),
              ElementsAre(60, 62, 60, 62, 60, 62));
  EXPECT_EQ(part_order("A2(BC)3", "t"), "AABCBCBC");
}

TEST(Abc, JoinsTiesKeepsChordsAndSkipsWhatDoesNotSound) {
  const Score score = of("\"Am7\"A2-A2 \"^slow\"{gf}!trill!~(B .c) %D\n\"C\"[CEG]2");
  EXPECT_THAT(pitches(score), ElementsAre(69, 71, 72, 60, 64, 67));
  EXPECT_EQ(score.notes[0].length, 4 * eighth);
  EXPECT_THAT(score.chords, ElementsAre(ChordSymbol{0, "Am7"}, ChordSymbol{6 * eighth, "C"}));
}

TEST(Abc, ReadsFieldsOfTheTune) {
  const Score score = read_abc(test::tune);
  EXPECT_EQ(score.title, "The Pupil's 50% Fancy");
  EXPECT_EQ(score.keys[0].key, (Key{2, Mode::major}));
  EXPECT_EQ(score.metres[0], (Metre{0, 6, 8}));
  EXPECT_EQ(score.tempi[0].microseconds_per_quarter, 400'000);
  // A pickup, then 2 bars, the first ending, 2 bars, the second ending, 4 bars of 2/4.
  std::vector<double> bars;
  for (const Tick bar : score.bars) bars.push_back(static_cast<double>(bar) / eighth);
  EXPECT_THAT(bars, ElementsAre(0, 1, 7, 13, 19, 25, 31, 37, 41, 45, 49));
  EXPECT_EQ(score.keys.at(1).at, 37 * eighth);
  EXPECT_EQ(score.length, 53 * eighth);
}

TEST(Abc, ParsesKeysMetresAndTempi) {
  EXPECT_EQ(parse_abc_key("F#m"), (Key{3, Mode::minor}));
  EXPECT_EQ(parse_abc_key("D Mixolydian clef=bass"), (Key{1, Mode::mixolydian}));
  EXPECT_EQ(parse_abc_key("Bb"), (Key{-2, Mode::major}));
  EXPECT_EQ(parse_abc_key("G#mix"), (Key{7, Mode::mixolydian}));
  EXPECT_FALSE(parse_abc_key("H"));
  EXPECT_EQ(parse_abc_metre("C|"), (Metre{0, 2, 2}));
  EXPECT_FALSE(parse_abc_metre("none"));
  EXPECT_EQ(parse_abc_tempo("\"Allegro\" 1/4 = 120", eighth)->microseconds_per_quarter, 500'000);
  EXPECT_EQ(parse_abc_tempo("240", eighth)->microseconds_per_quarter, 500'000);
  EXPECT_FALSE(parse_abc_tempo("fast", eighth));
}

TEST(Abc, WhatIsWrittenIsReadBackExactly) {
  const Score score = read_abc(test::tune);
  const std::string written = write_abc(score);
  EXPECT_EQ(read_abc(written), score) << written;
  EXPECT_EQ(write_abc(read_abc(written)), written);
}

TEST(Abc, WritesSeveralVoicesAndOverlaps) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    Score score = test::random_score(seed);
    const Score back = read_abc(write_abc(score));
    std::multiset<std::tuple<Tick, Tick, int>> before, after;
    for (const Note& note : score.notes)
      before.emplace(note.start * abc_ticks_per_quarter / 12,
                     note.length * abc_ticks_per_quarter / 12, note.pitch);
    for (const Note& note : back.notes) after.emplace(note.start, note.length, note.pitch);
    EXPECT_EQ(before, after);
    EXPECT_EQ(back.keys, in_ticks(score, abc_ticks_per_quarter).keys);
  }
}

TEST(Abc, RefusesInOneSentence) {
  EXPECT_ERROR(abc_tunes("no tune"), bad_input, HasSubstr("X:"));
  EXPECT_ERROR(read_abc("X:3\nT:t\nCDE"), bad_input, HasSubstr("tune 3 has no K:"));
  EXPECT_ERROR(of("|"), bad_input, HasSubstr("no notes"));
  EXPECT_ERROR(of("[CE"), bad_input, HasSubstr("line 6: a chord is not closed"));
  EXPECT_ERROR(of("\"Am"), bad_input, HasSubstr("quotation mark"));
  EXPECT_ERROR(of("C&D"), bad_input, HasSubstr("overlay"));
  EXPECT_ERROR(of("C/11"), bad_input, HasSubstr("grid"));
  EXPECT_ERROR(of("C99999999999"), bad_input, HasSubstr("100 wholes"));
  EXPECT_ERROR(of("Z99999"), bad_input, HasSubstr("rest of bars"));
  EXPECT_ERROR(of("C", "K:X\n"), bad_input, HasSubstr("none"));
  Score between = test::random_score(1);
  between.ticks_per_quarter = 11;
  EXPECT_ERROR(write_abc(between), invalid_argument, HasSubstr("grid"));
}

TEST(Abc, BombsAreDefused) {
  EXPECT_ERROR(of("P:A\nC|", "P:((((A999)999)999)999)\nK:C\n"), bad_input, HasSubstr("1000"));
  EXPECT_ERROR(of("P:A\nC|", "P:" + std::string(100'000, '(') + "A\nK:C\n"), bad_input,
               HasSubstr("8 deep"));
  std::string many;
  for (int i = 0; i < 30'000; ++i) many += "C::::::::";
  EXPECT_ERROR(of(many), bad_input, HasSubstr("more than 100000"));
  EXPECT_ERROR(of(std::string(200'000, 'C')), bad_input, HasSubstr("more than 100000"));
}

}  // namespace
}  // namespace atelier::music
