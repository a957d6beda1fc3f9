// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/voice_leading.hpp"

#include <cstdlib>

namespace atelier::music {
namespace {

constexpr int rest = ChoraleStep::rest;

bool changes(const ChoraleStep& step, const ChoraleStep& before) {
  for (std::size_t v = 0; v < chorale_voices; ++v) {
    if (step.struck[v] || step.pitch[v] != before.pitch[v]) return true;
  }
  return false;
}

bool silent(const ChoraleStep& step) {
  for (const int pitch : step.pitch) {
    if (pitch != rest) return false;
  }
  return true;
}

bool is_dissonant(const ChoraleStep& step) {
  for (std::size_t a = 0; a < chorale_voices; ++a) {
    for (std::size_t b = a + 1; b < chorale_voices; ++b) {
      if (step.pitch[a] == rest || step.pitch[b] == rest) continue;
      const int interval = std::abs(step.pitch[a] - step.pitch[b]) % 12;
      if (interval == 1 || interval == 2 || interval == 6 || interval >= 10) return true;
    }
  }
  return false;
}

bool is_crossed(const ChoraleStep& step) {
  int above = 128;
  for (const int pitch : step.pitch) {
    if (pitch == rest) continue;
    if (pitch > above) return true;
    above = pitch;
  }
  return false;
}

void count_parallels(const ChoraleStep& from, const ChoraleStep& to, VoiceLeading& count) {
  for (std::size_t a = 0; a < chorale_voices; ++a) {
    for (std::size_t b = a + 1; b < chorale_voices; ++b) {
      const Parallel found = parallel(from, to, a, b);
      count.parallel_fifths += found == Parallel::fifth ? 1 : 0;
      count.parallel_octaves += found == Parallel::octave ? 1 : 0;
    }
  }
}

}  // namespace

Parallel parallel(const ChoraleStep& from, const ChoraleStep& to, std::size_t a, std::size_t b) {
  if (from.pitch[a] == rest || from.pitch[b] == rest || to.pitch[a] == rest ||
      to.pitch[b] == rest) {
    return Parallel::none;
  }
  const int move_a = to.pitch[a] - from.pitch[a], move_b = to.pitch[b] - from.pitch[b];
  if (move_a == 0 || move_b == 0 || (move_a > 0) != (move_b > 0)) return Parallel::none;
  const int before = std::abs(from.pitch[a] - from.pitch[b]) % 12;
  const int after = std::abs(to.pitch[a] - to.pitch[b]) % 12;
  if (before != after) return Parallel::none;
  return after == 7 ? Parallel::fifth : after == 0 ? Parallel::octave : Parallel::none;
}

VoiceLeading& VoiceLeading::operator+=(const VoiceLeading& other) {
  chords += other.chords;
  parallel_fifths += other.parallel_fifths;
  parallel_octaves += other.parallel_octaves;
  crossed += other.crossed;
  dissonant += other.dissonant;
  beats += other.beats;
  dissonant_beats += other.dissonant_beats;
  for (std::size_t v = 0; v < chorale_voices; ++v) {
    notes[v] += other.notes[v];
    out_of_range[v] += other.out_of_range[v];
  }
  return *this;
}

VoiceLeading voice_leading(const Chorale& chorale) {
  VoiceLeading count;
  ChoraleStep before;
  for (std::size_t s = 0; s < chorale.steps.size(); ++s) {
    const ChoraleStep& step = chorale.steps[s];
    for (std::size_t v = 0; v < chorale_voices; ++v) {
      if (!step.struck[v]) continue;
      ++count.notes[v];
      const bool in_range =
          step.pitch[v] >= choir_ranges[v].lowest && step.pitch[v] <= choir_ranges[v].highest;
      if (!in_range) ++count.out_of_range[v];
    }
    if (changes(step, before) && !silent(step)) {
      const bool on_beat = s % steps_per_quarter == 0;
      const bool clash = is_dissonant(step);
      ++count.chords;
      count.beats += on_beat ? 1 : 0;
      count.dissonant += clash ? 1 : 0;
      count.dissonant_beats += clash && on_beat ? 1 : 0;
      count.crossed += is_crossed(step) ? 1 : 0;
      count_parallels(before, step, count);
    }
    before = step;
  }
  return count;
}

}  // namespace atelier::music
