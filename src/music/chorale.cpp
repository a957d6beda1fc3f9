// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/chorale.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::music {

Score to_score(const Chorale& chorale, int program, int quarters) {
  if (quarters < 4 || quarters > 2000)
    fail(ErrorKind::invalid_argument, "a tempo of {} is not within 4..2000 quarters a minute.",
         quarters);
  Score score;
  score.ticks_per_quarter = steps_per_quarter;
  score.length = std::ssize(chorale.steps);
  score.tempi = {{0, 60'000'000 / quarters}};
  for (const char* name : {"Soprano", "Alto", "Tenor", "Bass"})
    score.voices.push_back({name, program, false});
  for (int voice = 0; voice < chorale_voices; ++voice) {
    const auto v = static_cast<std::size_t>(voice);
    for (Tick at = 0; at < score.length; ++at) {
      const ChoraleStep& step = chorale.steps[static_cast<std::size_t>(at)];
      if (step.pitch[v] == ChoraleStep::rest) continue;
      if (step.struck[v]) {
        score.notes.push_back({at, voice, step.pitch[v], 1, 80});
      } else {
        ++score.notes.back().length;
      }
    }
  }
  tidy(score);
  return score;
}

Chorale to_chorale(const Score& given) {
  if (given.voices.size() != chorale_voices)
    fail(ErrorKind::invalid_argument, "a chorale has four voices, and this score has {}.",
         given.voices.size());
  const Score score = in_ticks(given, steps_per_quarter);
  if (score.length > static_cast<Tick>(max_chorale_steps))
    fail(ErrorKind::invalid_argument, "a chorale of {} sixteenths passes {}.", score.length,
         max_chorale_steps);
  Chorale chorale;
  chorale.steps.resize(static_cast<std::size_t>(score.length));
  for (const Note& note : score.notes) {
    const auto v = static_cast<std::size_t>(note.voice);
    for (Tick at = note.start; at < note.start + note.length; ++at) {
      ChoraleStep& step = chorale.steps[static_cast<std::size_t>(at)];
      if (step.pitch[v] != ChoraleStep::rest)
        fail(ErrorKind::invalid_argument, "voice {} has two notes in sixteenth {}.", note.voice,
             at);
      step.pitch[v] = note.pitch;
      step.struck[v] = at == note.start;
    }
  }
  return chorale;
}

Chorale transposed(const Chorale& chorale, int semitones) {
  Chorale result = chorale;
  for (ChoraleStep& step : result.steps) {
    for (int& pitch : step.pitch) {
      if (pitch == ChoraleStep::rest) continue;
      pitch += semitones;
      if (pitch < 0 || pitch > 127)
        fail(ErrorKind::invalid_argument, "{} semitones would bring a pitch to {}, not in 0..127.",
             semitones, pitch);
    }
  }
  return result;
}

}  // namespace atelier::music
