// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/piano_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/timing.hpp"

namespace atelier::music {
namespace {

constexpr Tick longest_piece = Tick{36'000} * piano_steps_per_second;
constexpr int bin_width = 4;  // of velocities

/// All voices on one keyboard, in hundredths of a second.
Score on_piano(const Score& score) {
  check(score);
  const TempoMap map(score);
  const auto steps = [&](Tick at) {
    return static_cast<Tick>(std::llround(map.seconds(at) * piano_steps_per_second));
  };
  Score result;
  result.ticks_per_quarter = piano_steps_per_second / 2;
  result.voices.emplace_back();
  result.length = steps(score.length);
  if (result.length > longest_piece)
    fail(ErrorKind::invalid_argument, "a piece of {:.0f} s is longer than ten hours.",
         map.seconds(score.length));
  for (const Note& note : score.notes) {
    const bool drums = score.voices[static_cast<std::size_t>(note.voice)].drums;
    if (drums || note.pitch < lowest_piano_pitch || note.pitch > highest_piano_pitch) continue;
    const Tick start = steps(note.start), end = steps(note.start + note.length);
    result.notes.push_back({start, 0, note.pitch, end - start, note.velocity});
  }
  tidy(result);
  return result;
}

}  // namespace

const Vocabulary& piano_vocabulary() {
  static const Vocabulary vocabulary = [] {
    std::vector<std::string> names;
    for (const char* what : {"ON", "OFF"}) {
      for (int pitch = lowest_piano_pitch; pitch <= highest_piano_pitch; ++pitch)
        names.push_back(fmt::format("{}{}", what, pitch));
    }
    for (int steps = 1; steps <= longest_piano_wait; ++steps)
      names.push_back(fmt::format("T{}", steps));
    for (int bin = 1; bin <= piano_velocity_bins; ++bin) names.push_back(fmt::format("V{}", bin));
    return Vocabulary(std::move(names));
  }();
  return vocabulary;
}

std::vector<int> encode_piano(const Score& given) {
  const Score score = on_piano(given);
  struct Event {
    Tick at;
    bool on;  // keys are let go before others are struck
    int pitch, velocity;
    auto operator<=>(const Event&) const = default;
  };
  std::vector<Event> events;
  for (const Note& note : score.notes) {
    events.push_back({note.start, true, note.pitch, note.velocity});
    events.push_back({note.start + note.length, false, note.pitch, 0});
  }
  std::sort(events.begin(), events.end());
  std::vector<int> tokens{Vocabulary::start};
  Tick now = 0;
  const auto wait = [&](Tick until) {
    for (; now < until;) {
      const Tick part = std::min<Tick>(until - now, longest_piano_wait);
      tokens.push_back(first_piano_wait + static_cast<int>(part) - 1);
      now += part;
    }
  };
  int velocity = -1;
  for (const Event& event : events) {
    wait(event.at);
    if (const int bin = event.velocity / bin_width; event.on && bin != velocity) {
      tokens.push_back(first_piano_velocity + bin);
      velocity = bin;
    }
    tokens.push_back((event.on ? first_piano_on : first_piano_off) + event.pitch -
                     lowest_piano_pitch);
  }
  wait(score.length);
  tokens.push_back(Vocabulary::end);
  return tokens;
}

PianoPerformance decode_piano(std::span<const int> tokens) {
  PianoPerformance result;
  Score& score = result.score;
  score.ticks_per_quarter = piano_steps_per_second / 2;
  score.voices.emplace_back();
  score.tempi = {{0, 500'000}};
  std::map<int, std::size_t> sounding;
  Tick now = 0;
  int velocity = 80;
  const auto let_go = [&](int pitch) {
    const auto found = sounding.find(pitch);
    if (found == sounding.end()) return;
    Note& note = score.notes[found->second];
    note.length = std::max<Tick>(now - note.start, 1);
    sounding.erase(found);
  };
  for (const int token : tokens) {
    static_cast<void>(piano_vocabulary().name(token));
    if (token == Vocabulary::end) break;
    if (token < Vocabulary::first_own) continue;
    if (token >= first_piano_velocity) {
      const int bin = token - first_piano_velocity;
      velocity = std::clamp(bin * bin_width + bin_width / 2, 1, 127);
    } else if (token >= first_piano_wait) {
      now += token - first_piano_wait + 1;
    } else if (token >= first_piano_off) {
      let_go(token - first_piano_off + lowest_piano_pitch);
    } else {
      const int pitch = token - first_piano_on + lowest_piano_pitch;
      let_go(pitch);
      sounding[pitch] = score.notes.size();
      score.notes.push_back({now, 0, pitch, 1, velocity});
    }
    if (now > longest_piece || score.notes.size() > max_notes)
      fail(ErrorKind::invalid_argument, "the performance is longer than a score may be.");
  }
  result.hanging_notes = std::ssize(sounding);
  while (!sounding.empty()) let_go(sounding.begin()->first);
  score.length = now;
  tidy(score);
  return result;
}

}  // namespace atelier::music
