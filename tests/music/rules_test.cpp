// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "atelier/music/cadence.hpp"
#include "atelier/music/chorale_markov.hpp"
#include "atelier/music/key_finding.hpp"
#include "atelier/music/report.hpp"
#include "atelier/music/voice_leading.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using test::chord;

Chorale of(std::vector<ChoraleStep> chords) {
  Chorale chorale;
  for (const ChoraleStep& step : chords) {
    ChoraleStep held = step;
    held.struck = {};
    chorale.steps.insert(chorale.steps.end(), {step, held, held, held});
  }
  return chorale;
}

TEST(VoiceLeading, FindsParallelsAndOnlyThose) {
  const VoiceLeading good = voice_leading(test::cadence_in_c());
  EXPECT_EQ(good.chords, 4);
  EXPECT_EQ(good.parallel_fifths, 0);
  EXPECT_EQ(good.parallel_octaves, 0);
  EXPECT_EQ(good.dissonant, 0);
  // All four voices up a tone: soprano and bass keep a twelfth, tenor and bass an octave.
  const VoiceLeading bad = voice_leading(of({chord(67, 64, 60, 48), chord(69, 66, 62, 50)}));
  EXPECT_EQ(bad.parallel_fifths, 2);  // also soprano and tenor
  EXPECT_EQ(bad.parallel_octaves, 1);
  // Contrary motion between fifth and twelfth is none.
  const VoiceLeading contrary = voice_leading(of({chord(72, 64, 60, 53), chord(79, 64, 60, 48)}));
  EXPECT_EQ(contrary.parallel_fifths, 0);
}

TEST(VoiceLeading, CountsDissonanceCrossingAndRanges) {
  const VoiceLeading count =
      voice_leading(of({chord(67, 65, 59, 55), chord(60, 64, 60, 48), chord(84, 64, 60, 30)}));
  EXPECT_EQ(count.dissonant, 2);  // a second; then F#1 against C
  EXPECT_EQ(count.crossed, 1);
  EXPECT_EQ(count.out_of_range[0], 1);
  EXPECT_EQ(count.out_of_range[3], 1);
  EXPECT_EQ(count.notes[1], 3);
}

TEST(KeyFinding, FindsEveryKeyFromItsScaleAndChords) {
  for (int up = 0; up < 12; ++up) {
    const FoundKey found = find_key(to_score(transposed(test::cadence_in_c(), up)));
    EXPECT_EQ(tonic(found.key), up);
    EXPECT_EQ(found.key.mode, Mode::major);
    EXPECT_GT(found.correlation, 0.8);
    EXPECT_GT(found.lead, 0);
  }
  const Chorale minor = of(
      {chord(69, 64, 60, 45), chord(69, 65, 62, 50), chord(68, 64, 59, 52), chord(69, 64, 60, 45)});
  EXPECT_EQ(name_of(find_key(to_score(minor)).key), "A minor");
  EXPECT_THROW(static_cast<void>(find_key(Score{})), Error);
}

TEST(Cadence, TellsHowAPieceEnds) {
  const Key c{0, Mode::major};
  const ChoraleStep I = chord(67, 64, 60, 48), IV = chord(69, 65, 60, 53),
                    V7 = chord(65, 62, 59, 55), V = chord(67, 62, 59, 55),
                    vi = chord(69, 64, 60, 57);
  EXPECT_EQ(final_cadence(of({I, V7, I}), c), Cadence::authentic);
  EXPECT_EQ(final_cadence(of({V, I, IV, I}), c), Cadence::plagal);
  EXPECT_EQ(final_cadence(of({I, IV, V}), c), Cadence::half);
  EXPECT_EQ(final_cadence(of({I, V, vi}), c), Cadence::deceptive);
  EXPECT_EQ(final_cadence(of({I, V, IV}), c), Cadence::none);
  EXPECT_EQ(final_cadence({}, c), Cadence::none);
  // A minor with the major tonic at its end.
  EXPECT_EQ(final_cadence(of({chord(68, 64, 59, 52), chord(69, 64, 61, 45)}), {0, Mode::minor}),
            Cadence::authentic);
  EXPECT_EQ(triad_of(V7), (Triad{7, Triad::Kind::major}));
  EXPECT_EQ(triad_of(chord(65, 62, 59, 50)), (Triad{11, Triad::Kind::diminished}));
}

TEST(Report, IsJsonOfShares) {
  const std::vector<Chorale> pieces{test::cadence_in_c(), {}};
  const nlohmann::json json = report(pieces);
  EXPECT_EQ(json.at("pieces"), 1);
  EXPECT_EQ(json.at("chords"), 4);
  EXPECT_EQ(json.at("cadences").at("authentic"), 1);
  EXPECT_EQ(json.at("out_of_range_share").at("bass"), 0);
  EXPECT_DOUBLE_EQ(json.at("notes_per_quarter").get<double>(), 4);
  const nlohmann::json score = report(to_score(test::cadence_in_c(), 0, 60));
  EXPECT_DOUBLE_EQ(score.at("seconds").get<double>(), 4);
  EXPECT_EQ(score.at("key"), "C major");
  EXPECT_DOUBLE_EQ(score.at("notes_at_once").get<double>(), 4);
  EXPECT_EQ(score.at("hanging_notes"), 0);
}

TEST(ChoraleMarkov, RepeatsOnePieceAndTheSameSeedGivesTheSame) {
  const Chorale up = transposed(test::cadence_in_c(), 3);
  const ChoraleMarkov one({&up, 1});
  // The only way through one piece whose first and last chord are one state apart: all its
  // sixteenths come from it, in C.
  const Chorale made = one.compose(1);
  EXPECT_EQ(made.steps.front(), test::cadence_in_c().steps.front());
  EXPECT_EQ(made, one.compose(1));
  EXPECT_LE(one.compose(2, 3).steps.size(), 3u);
  EXPECT_THROW(ChoraleMarkov({}), Error);
}

TEST(ChoraleMarkov, EverySixteenthFollowsAsInThePieces) {
  const std::vector<Chorale> pieces{
      test::cadence_in_c(),
      of({chord(67, 64, 60, 48), chord(65, 62, 59, 55), chord(64, 60, 60, 48)})};
  const ChoraleMarkov markov(pieces);
  bool differs = false;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Chorale made = markov.compose(seed);
    EXPECT_NO_THROW(static_cast<void>(to_score(made)));
    EXPECT_EQ(made.steps.size() % 4, 0u);
    differs = differs || made != markov.compose(0);
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace atelier::music
