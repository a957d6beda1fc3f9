// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/chorale_tokens.hpp"

#include <algorithm>
#include <string>

#include "atelier/base/error.hpp"

namespace atelier::music {
namespace {

constexpr std::size_t tokens_per_quarter = 1 + chorale_voices * steps_per_quarter;

}  // namespace

const Vocabulary& chorale_vocabulary() {
  static const Vocabulary vocabulary = [] {
    std::vector<std::string> names{"HOLD", "REST", "BEAT"};
    for (int pitch = lowest_chorale_pitch; pitch <= highest_chorale_pitch; ++pitch)
      names.push_back("P" + std::to_string(pitch));
    return Vocabulary(std::move(names));
  }();
  return vocabulary;
}

ChoralePlace chorale_place(std::size_t token) {
  const std::size_t behind_beat = token % tokens_per_quarter;
  const std::size_t first_step = token / tokens_per_quarter * steps_per_quarter;
  if (behind_beat == 0) return {first_step, 0, true};
  return {first_step + (behind_beat - 1) / chorale_voices, (behind_beat - 1) % chorale_voices,
          false};
}

std::size_t chorale_tokens(std::size_t steps) {
  return steps * chorale_voices + (steps + steps_per_quarter - 1) / steps_per_quarter;
}

std::vector<int> encode(const Chorale& chorale) {
  std::vector<int> tokens{Vocabulary::start};
  for (std::size_t s = 0; s < chorale.steps.size(); ++s) {
    const ChoraleStep& step = chorale.steps[s];
    if (s % steps_per_quarter == 0) tokens.push_back(chorale_beat);
    for (std::size_t v = 0; v < chorale_voices; ++v) {
      const int pitch = step.pitch[v];
      if (pitch == ChoraleStep::rest) {
        tokens.push_back(chorale_rest);
      } else if (!step.struck[v]) {
        tokens.push_back(chorale_hold);
      } else if (pitch < lowest_chorale_pitch || pitch > highest_chorale_pitch) {
        fail(ErrorKind::invalid_argument, "pitch {} is not within a chorale's {}..{}.", pitch,
             lowest_chorale_pitch, highest_chorale_pitch);
      } else {
        tokens.push_back(first_chorale_pitch + pitch - lowest_chorale_pitch);
      }
    }
  }
  tokens.push_back(Vocabulary::end);
  return tokens;
}

Chorale decode_chorale(std::span<const int> tokens) {
  Chorale chorale;
  std::size_t count = 0;
  for (const int token : tokens) {
    static_cast<void>(chorale_vocabulary().name(token));
    if (token == Vocabulary::end) break;
    if (token < Vocabulary::first_own) continue;
    const auto [index, voice, beat] = chorale_place(count++);
    if (beat != (token == chorale_beat))
      fail(ErrorKind::invalid_argument, "sixteenth {} {}.", index,
           beat ? "begins a quarter without a BEAT" : "has a BEAT out of place");
    if (beat) continue;
    if (voice == 0) {
      if (chorale.steps.size() == max_chorale_steps)
        fail(ErrorKind::invalid_argument, "the chorale has more than {} sixteenths.",
             max_chorale_steps);
      chorale.steps.emplace_back();
    }
    ChoraleStep& step = chorale.steps.back();
    if (token == chorale_hold) {
      const std::size_t before = chorale.steps.size() - 2;
      if (chorale.steps.size() < 2 || chorale.steps[before].pitch[voice] == ChoraleStep::rest)
        fail(ErrorKind::invalid_argument, "in sixteenth {} voice {} holds what it has not struck.",
             chorale.steps.size() - 1, voice);
      step.pitch[voice] = chorale.steps[before].pitch[voice];
    } else if (token != chorale_rest) {
      step.pitch[voice] = token - first_chorale_pitch + lowest_chorale_pitch;
      step.struck[voice] = true;
    }
  }
  if (count != chorale_tokens(chorale.steps.size()))
    fail(ErrorKind::invalid_argument, "the last sixteenth has {} of four voices.",
         chorale_place(count).voice);
  return chorale;
}

std::array<VoiceSpan, chorale_voices> voice_spans(std::span<const Chorale> pieces) {
  std::array<VoiceSpan, chorale_voices> spans;
  for (const Chorale& chorale : pieces) {
    for (const ChoraleStep& step : chorale.steps) {
      for (std::size_t v = 0; v < chorale_voices; ++v) {
        if (step.pitch[v] == ChoraleStep::rest) continue;
        spans[v].lowest = std::min(spans[v].lowest, step.pitch[v]);
        spans[v].highest = std::max(spans[v].highest, step.pitch[v]);
      }
    }
  }
  return spans;
}

std::vector<int> transpositions(const Chorale& chorale,
                                const std::array<VoiceSpan, chorale_voices>& spans) {
  int down = -127, up = 127;
  const auto own = voice_spans({&chorale, 1});
  for (std::size_t v = 0; v < chorale_voices; ++v) {
    if (own[v].lowest > own[v].highest) continue;  // silent
    down = std::max({down, spans[v].lowest - own[v].lowest, lowest_chorale_pitch - own[v].lowest});
    up = std::min({up, spans[v].highest - own[v].highest, highest_chorale_pitch - own[v].highest});
  }
  std::vector<int> result;
  for (int semitones = std::max(down, -12); semitones <= std::min(up, 12); ++semitones)
    result.push_back(semitones);
  if (std::find(result.begin(), result.end(), 0) == result.end()) result = {0};
  return result;
}

}  // namespace atelier::music
