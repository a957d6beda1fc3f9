// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/folk_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/music/timing.hpp"

namespace atelier::music {
namespace {

constexpr int most_beats = 16;
constexpr std::array units{2, 4, 8, 16};
constexpr std::array mode_names{"major",      "dorian", "phrygian", "lydian",
                                "mixolydian", "minor",  "locrian"};

bool is_in(int token, int first, int count) {
  return token >= first && token < first + count;
}

bool is_metre(int token) {
  return token >= first_folk_metre && token < folk_vocabulary().size();
}

/// The melody on the grid, one note at a time, moved into the normal key and range.
Score normalised(const Score& given) {
  Score score =
      in_ticks(given.voices.size() == 1 ? given : only_voice(given, 0), folk_steps_per_quarter);
  if (score.notes.empty()) fail(ErrorKind::invalid_argument, "the melody has no notes.");
  std::vector<Note> melody;
  for (const Note& note : score.notes) {
    if (!melody.empty() && melody.back().start == note.start) {
      if (note.pitch > melody.back().pitch) melody.back() = note;
      continue;
    }
    if (!melody.empty())
      melody.back().length = std::min(melody.back().length, note.start - melody.back().start);
    melody.push_back(note);
  }
  score.notes = std::move(melody);
  int shift = -7 * key_at(score, 0).fifths % 12;
  if (shift > 6) shift -= 12;
  if (shift < -5) shift += 12;
  const auto [low, high] =
      std::minmax_element(score.notes.begin(), score.notes.end(),
                          [](const Note& a, const Note& b) { return a.pitch < b.pitch; });
  while (low->pitch + shift < lowest_folk_pitch) shift += 12;
  while (high->pitch + shift > highest_folk_pitch) shift -= 12;
  if (low->pitch + shift < lowest_folk_pitch)
    fail(ErrorKind::invalid_argument, "a melody from pitch {} to {} is wider than {}..{} holds.",
         low->pitch, high->pitch, lowest_folk_pitch, highest_folk_pitch);
  for (Note& note : score.notes) note.pitch += shift;
  return score;
}

/// Writes events into tokens, cut at bars.
class Encoder {
 public:
  explicit Encoder(const Score& score) : score_(score), bars_(bar_starts(score)) {
    tokens_ = {Vocabulary::start, first_folk_mode + static_cast<int>(key_at(score, 0).mode)};
    metre_ = metre_at(score, 0);
    tokens_.push_back(checked(metre_));
  }

  std::vector<int> encode() {
    Tick now = 0;
    for (const Note& note : score_.notes) {
      stretch(now, note.start, folk_rest);
      stretch(note.start, note.start + note.length,
              first_folk_pitch + note.pitch - lowest_folk_pitch);
      now = note.start + note.length;
    }
    stretch(now, score_.length, folk_rest);
    tokens_.push_back(Vocabulary::end);
    return std::move(tokens_);
  }

 private:
  static int checked(Metre metre) {
    const int token = folk_metre_token(metre);
    if (token == Vocabulary::padding)
      fail(ErrorKind::invalid_argument, "a metre of {}/{} has no token.", metre.beats, metre.unit);
    return token;
  }

  void stretch(Tick from, Tick to, int event) {
    while (from < to) {
      if (next_ < bars_.size() && bars_[next_] == from) {
        if (from > 0) tokens_.push_back(folk_bar);
        const Metre now = metre_at(score_, from);
        if (now.beats != metre_.beats || now.unit != metre_.unit) tokens_.push_back(checked(now));
        metre_ = now;
        ++next_;
      }
      Tick end = std::min(to, from + longest_folk_duration);
      if (next_ < bars_.size()) end = std::min(end, bars_[next_]);
      tokens_.push_back(event);
      tokens_.push_back(first_folk_duration + static_cast<int>(end - from) - 1);
      from = end;
      if (event != folk_rest) event = folk_hold;
    }
  }

  const Score& score_;
  std::vector<Tick> bars_;
  std::size_t next_ = 0;
  Metre metre_;
  std::vector<int> tokens_;
};

}  // namespace

const Vocabulary& folk_vocabulary() {
  static const Vocabulary vocabulary = [] {
    std::vector<std::string> names{"BAR", "HOLD", "REST"};
    for (int pitch = lowest_folk_pitch; pitch <= highest_folk_pitch; ++pitch)
      names.push_back(fmt::format("P{}", pitch));
    for (int duration = 1; duration <= longest_folk_duration; ++duration)
      names.push_back(fmt::format("D{}", duration));
    for (const char* mode : mode_names) names.push_back(fmt::format("MODE_{}", mode));
    for (const int unit : units) {
      for (int beats = 1; beats <= most_beats; ++beats)
        names.push_back(fmt::format("M_{}/{}", beats, unit));
    }
    return Vocabulary(std::move(names));
  }();
  return vocabulary;
}

Metre folk_metre(int token) {
  if (!is_metre(token))
    fail(ErrorKind::invalid_argument, "{} is no metre.", folk_vocabulary().name(token));
  const int place = token - first_folk_metre;
  return {0, place % most_beats + 1, units[static_cast<std::size_t>(place / most_beats)]};
}

int folk_metre_token(Metre metre) noexcept {
  const auto* unit = std::find(units.begin(), units.end(), metre.unit);
  if (unit == units.end() || metre.beats < 1 || metre.beats > most_beats)
    return Vocabulary::padding;
  return first_folk_metre + static_cast<int>(unit - units.begin()) * most_beats + metre.beats - 1;
}

std::vector<int> encode_folk(const Score& score) {
  const Score melody = normalised(score);
  return Encoder(melody).encode();
}

Score decode_folk(std::span<const int> tokens) {
  Score score;
  score.ticks_per_quarter = folk_steps_per_quarter;
  score.voices.emplace_back();
  score.bars = {0};
  score.keys = {{0, {}}};
  Tick now = 0;
  int event = -1;            // waiting for its duration
  bool note_sounds = false;  // what HOLD goes on with
  for (const int token : tokens) {
    const std::string& name = folk_vocabulary().name(token);
    if (token == Vocabulary::end) break;
    if (token < Vocabulary::first_own) continue;
    const bool duration = is_in(token, first_folk_duration, longest_folk_duration);
    if (duration != (event >= 0))
      fail(ErrorKind::invalid_argument, "{} stands where {} must.", name,
           duration ? "an event" : "a duration");
    if (duration) {
      const Tick length = token - first_folk_duration + 1;
      if (event == folk_hold) {
        score.notes.back().length += length;
      } else if (event != folk_rest) {
        score.notes.push_back({now, 0, event - first_folk_pitch + lowest_folk_pitch, length, 80});
      }
      note_sounds = event != folk_rest;
      now += length;
      if (now > max_tick || score.notes.size() > max_notes)
        fail(ErrorKind::invalid_argument, "the melody is longer than a score may be.");
      event = -1;
    } else if (token == folk_bar) {
      if (now > score.bars.back()) score.bars.push_back(now);
    } else if (is_in(token, first_folk_mode, 7)) {
      score.keys[0].key.mode = static_cast<Mode>(token - first_folk_mode);
    } else if (is_metre(token)) {
      Metre metre = folk_metre(token);
      metre.at = now;
      if (!score.metres.empty() && score.metres.back().at == now) score.metres.pop_back();
      score.metres.push_back(metre);
    } else {
      if (token == folk_hold && !note_sounds)
        fail(ErrorKind::invalid_argument, "HOLD stands where no note sounds.");
      event = token;
    }
  }
  if (event >= 0) fail(ErrorKind::invalid_argument, "the last event has no duration.");
  if (score.notes.empty()) fail(ErrorKind::invalid_argument, "the tokens hold no note.");
  score.length = now;
  return score;
}

}  // namespace atelier::music
