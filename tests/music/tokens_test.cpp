// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/folk_tokens.hpp"
#include "atelier/music/piano_tokens.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string names(const Vocabulary& vocabulary, const std::vector<int>& tokens) {
  std::string text;
  for (const int token : tokens) text += vocabulary.name(token) + " ";
  return text;
}

TEST(Vocabulary, NamesAreIdsBothWays) {
  for (const Vocabulary* vocabulary :
       {&chorale_vocabulary(), &folk_vocabulary(), &piano_vocabulary()}) {
    for (int id = 0; id < vocabulary->size(); ++id)
      EXPECT_EQ(vocabulary->id(vocabulary->name(id)), id);
    EXPECT_ERROR(vocabulary->name(vocabulary->size()), invalid_argument, HasSubstr("no token"));
  }
  EXPECT_EQ(chorale_vocabulary().size(), 62);
  EXPECT_EQ(folk_vocabulary().size(), 3 + 3 + 49 + 192 + 7 + 64);
  EXPECT_EQ(piano_vocabulary().size(), 3 + 88 + 88 + 100 + 32);
  EXPECT_EQ(folk_vocabulary().name(first_folk_duration), "D1");
  EXPECT_EQ(folk_vocabulary().name(first_folk_metre), "M_1/2");
  EXPECT_EQ(piano_vocabulary().name(first_piano_wait), "T1");
  EXPECT_EQ(piano_vocabulary().name(first_piano_velocity), "V1");
}

TEST(ChoraleTokens, AreLossless) {
  const Chorale chorale = test::cadence_in_c();
  const std::vector<int> tokens = encode(chorale);
  EXPECT_EQ(tokens.size(), 2 + 17 * chorale.steps.size() / 4);  // in whole quarters
  EXPECT_EQ(names(chorale_vocabulary(), {tokens.begin(), tokens.begin() + 7}),
            "START BEAT P67 P64 P60 P48 HOLD ");
  EXPECT_EQ(tokens[18], chorale_beat);
  EXPECT_EQ(decode_chorale(tokens), chorale);
  EXPECT_EQ(decode_chorale(encode(Chorale{})), Chorale{});
}

TEST(ChoraleTokens, RefuseWhatIsNoChorale) {
  const auto refused = [](const std::vector<int>& ids, const char* words) {
    EXPECT_ERROR(decode_chorale(ids), invalid_argument, HasSubstr(words));
  };
  refused({chorale_beat, chorale_hold}, "holds");
  refused({chorale_beat, chorale_rest}, "1 of four");
  refused({chorale_beat}, "0 of four");
  refused({chorale_rest}, "without a BEAT");
  refused({chorale_beat, chorale_beat}, "out of place");
  EXPECT_ERROR(decode_chorale(std::vector{99}), invalid_argument, HasSubstr("no token"));
  EXPECT_ERROR(encode(transposed(test::cadence_in_c(), 24)), invalid_argument, HasSubstr("31..86"));
}

TEST(ChoraleTokens, TransposeWithinTheVoicesSpans) {
  const Chorale chorale = test::cadence_in_c();
  auto spans = voice_spans({&chorale, 1});
  EXPECT_THAT(transpositions(chorale, spans), ElementsAre(0));
  spans[0].highest += 3;
  for (auto& span : spans) span.lowest -= 2;
  EXPECT_THAT(transpositions(chorale, spans), ElementsAre(-2, -1, 0));
}

TEST(FolkTokens, WriteAMelodyInANormalKey) {
  const Score score = read_abc("X:1\nT:t\nM:2/4\nL:1/8\nK:D\nA|d2 f>e|d4-|d4|]\n");
  EXPECT_EQ(
      names(folk_vocabulary(), encode_folk(score)),
      "START MODE_major M_2/4 P67 D12 BAR P72 D24 P76 D18 P74 D6 BAR P72 D48 BAR HOLD D48 END ");
}

TEST(FolkTokens, AreLosslessOnTheGrid) {
  const Score score = in_ticks(only_voice(read_abc(test::tune), 0), folk_steps_per_quarter);
  const Score back = decode_folk(encode_folk(score));
  EXPECT_EQ(back.bars, score.bars);
  EXPECT_EQ(back.metres, score.metres);
  EXPECT_EQ(back.length, score.length);
  // One chord of the tune keeps its higher note; the rest is there, two semitones lower.
  ASSERT_EQ(back.notes.size() + 1, score.notes.size());
  EXPECT_EQ(back.notes[0].pitch, score.notes[0].pitch - 2);
  EXPECT_EQ(encode_folk(back), encode_folk(score));
}

TEST(FolkTokens, RefuseWhatIsNoMelody) {
  const Vocabulary& v = folk_vocabulary();
  const auto read = [&](std::initializer_list<const char*> words) {
    std::vector<int> tokens;
    for (const char* word : words) tokens.push_back(v.id(word));
    return decode_folk(tokens);
  };
  EXPECT_ERROR(read({"P60"}), invalid_argument, HasSubstr("no duration"));
  EXPECT_ERROR(read({"D4"}), invalid_argument, HasSubstr("an event must"));
  EXPECT_ERROR(read({"P60", "P62"}), invalid_argument, HasSubstr("a duration must"));
  EXPECT_ERROR(read({"HOLD"}), invalid_argument, HasSubstr("no note sounds"));
  EXPECT_ERROR(read({"REST", "D4"}), invalid_argument, HasSubstr("no note"));
}

TEST(PianoTokens, WaitStrikeAndLetGo) {
  Score score;
  score.ticks_per_quarter = 100;
  score.voices.resize(1);
  score.notes = {{0, 0, 60, 100, 80}, {50, 0, 64, 250, 80}};
  score.length = 300;
  EXPECT_EQ(names(piano_vocabulary(), encode_piano(score)),
            "START V21 ON60 T25 ON64 T25 OFF60 T100 OFF64 END ");
}

TEST(PianoTokens, AreLosslessToTheGrid) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<int> tokens = encode_piano(test::random_score(seed));
    const PianoPerformance back = decode_piano(tokens);
    EXPECT_EQ(back.hanging_notes, 0);
    EXPECT_NO_THROW(check(back.score));
    EXPECT_EQ(encode_piano(back.score), tokens);
  }
}

TEST(PianoTokens, WhateverAModelMakesIsPlayable) {
  RandomStream random(5, "any tokens");
  for (int round = 0; round < 50; ++round) {
    std::vector<int> tokens;
    for (int i = 0; i < 200; ++i)
      tokens.push_back(static_cast<int>(random.next() % piano_vocabulary().size()));
    const PianoPerformance made = decode_piano(tokens);
    EXPECT_NO_THROW(check(made.score));
  }
  const std::vector hanging{first_piano_on, first_piano_wait + 9};
  EXPECT_EQ(decode_piano(hanging).hanging_notes, 1);
  EXPECT_EQ(decode_piano(hanging).score.notes.at(0).length, 10);
}

}  // namespace
}  // namespace atelier::music
