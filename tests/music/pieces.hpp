// SPDX-License-Identifier: Apache-2.0
// Small pieces of our own that the tests share.
#pragma once

#include <string>

#include "atelier/base/random.hpp"
#include "atelier/music/chorale.hpp"
#include "atelier/music/score.hpp"

namespace atelier::music::test {

/// A tune with a pickup, a repeat with two endings, a tuplet, a tie over a bar, signs, chords and
/// changes of key and metre.
inline const std::string tune =
    "X: 7\n"
    "T:The Pupil's 50\\% Fancy % a joke\n"
    "% made for tests\n"
    "M:6/8\n"
    "L:1/8\n"
    "Q:3/8=100\n"
    "K:D\n"
    "A|:\"D\"d2f (3agf e|\"G\"g3- g2^g|[1\"A7\"a2g e2A:|[2\"A7\"a2g \"D\"d3||\n"
    "[K:Em][M:2/4]\"Em\"e>d BG|F/2G/2A/2_B/2 [EG]2|z2 \"B7/f+\"^d2|\"Em\"e4|]\n";

/// Notes of three voices by chance, on a grid of thirds and quarters of a quarter.
inline Score random_score(std::uint64_t seed, int notes = 60) {
  RandomStream random(seed, "random score");
  const auto up_to = [&](int n) { return static_cast<int>(random.uniform() * n); };
  Score score;
  score.title = "By chance & <more>";
  score.ticks_per_quarter = 12;
  score.voices = {{"high", 73, false}, {"low", 42, false}, {"beat", 0, true}};
  score.tempi = {{0, 500'000}, {120, 400'000}};
  score.metres = {{0, 3, 4}, {72, 4, 4}};
  score.keys = {{0, {2, Mode::major}}, {72, {-3, Mode::minor}}};
  for (int i = 0; i < notes; ++i) {
    const Tick grid = up_to(2) == 0 ? 3 : 4;
    score.notes.push_back({12 * up_to(24) + grid * up_to(3), up_to(3), 40 + up_to(45),
                           grid * (1 + up_to(5)), 30 + up_to(90)});
  }
  tidy(score);
  score.length = 12 * 30;
  return score;
}

/// One step with four pitches, all struck.
inline ChoraleStep chord(int soprano, int alto, int tenor, int bass) {
  return {{soprano, alto, tenor, bass}, {true, true, true, true}};
}

/// C major: I IV V I in quarters, well led.
inline Chorale cadence_in_c() {
  Chorale chorale;
  for (const ChoraleStep& step : {chord(67, 64, 60, 48), chord(69, 65, 60, 53),
                                  chord(67, 62, 59, 55), chord(67, 64, 60, 48)}) {
    ChoraleStep held = step;
    held.struck = {};
    chorale.steps.insert(chorale.steps.end(), {step, held, held, held});
  }
  return chorale;
}

}  // namespace atelier::music::test
