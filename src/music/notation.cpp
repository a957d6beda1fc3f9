// SPDX-License-Identifier: Apache-2.0
#include "music/notation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <tuple>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/timing.hpp"

namespace atelier::music {
namespace {

constexpr Tick grain = abc_ticks_per_quarter / 32;  // a 128th
constexpr int longest_base = 256;                   // a breve
constexpr std::array tuplets{1, 3, 5, 7, 9};

/// Notes that begin and end together, or a rest.
struct Event {
  Tick start, end;
  std::vector<int> pitches;
};

/// The voice's events, sorted into lines in which none begins before the last has ended.
std::vector<std::vector<Event>> lines_of(const Score& score, int voice) {
  std::vector<Event> events;
  std::vector<Note> notes;
  for (const Note& note : score.notes) {
    if (note.voice == voice) notes.push_back(note);
  }
  std::sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) {
    return std::tuple(a.start, -a.length, a.pitch) < std::tuple(b.start, -b.length, b.pitch);
  });
  for (const Note& note : notes) {
    const Tick end = note.start + note.length;
    if (events.empty() || events.back().start != note.start || events.back().end != end)
      events.push_back({note.start, end, {}});
    events.back().pitches.push_back(note.pitch);
  }
  std::vector<std::vector<Event>> lines(1);
  for (Event& event : events) {
    auto line = std::find_if(lines.begin(), lines.end(), [&](const std::vector<Event>& one) {
      return one.empty() || one.back().end <= event.start;
    });
    if (line == lines.end()) line = lines.insert(lines.end(), std::vector<Event>());
    line->push_back(std::move(event));
  }
  return lines;
}

/// Gaps become rests, up to the end.
std::vector<Event> with_rests(const std::vector<Event>& line, Tick end) {
  std::vector<Event> events;
  Tick now = 0;
  for (const Event& event : line) {
    if (event.start > now) events.push_back({now, event.start, {}});
    events.push_back(event);
    now = event.end;
  }
  if (now < end) events.push_back({now, end, {}});
  return events;
}

std::vector<Tick> cuts_of(const Score& score, const std::vector<Tick>& bars, bool chords) {
  std::vector<Tick> cuts = bars;
  for (const Metre& metre : score.metres) cuts.push_back(metre.at);
  for (const KeyChange& key : score.keys) cuts.push_back(key.at);
  for (const Tempo& tempo : score.tempi) cuts.push_back(tempo.at);
  if (chords) {
    for (const ChordSymbol& chord : score.chords) cuts.push_back(chord.at);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

/// Writes a length as one sign or several tied ones.
void append_signs(std::vector<Sign>& signs, const Event& event, bool goes_on, bool came) {
  const Tick length = event.end - event.start;
  const auto* tuplet = std::find_if(tuplets.begin(), tuplets.end(),
                                    [&](int p) { return length * p % (grain * time_of(p)) == 0; });
  if (tuplet == tuplets.end()) {
    fail(ErrorKind::invalid_argument,
         "a time of {}/{} of a quarter is no multiple of a 128th note or of its tuplets; put the "
         "score on a grid first.",
         length, abc_ticks_per_quarter);
  }
  Tick left = length * *tuplet / (grain * time_of(*tuplet));
  Tick at = event.start;
  while (left > 0) {
    Sign sign{.start = at, .pitches = event.pitches, .tuplet = *tuplet};
    sign.base = static_cast<int>(
        std::min<std::uint64_t>(std::bit_floor(static_cast<std::uint64_t>(left)), longest_base));
    sign.dotted = sign.base > 1 && left >= sign.base + sign.base / 2;
    left -= sign.written();
    sign.tied_from = !event.pitches.empty() && came;
    sign.tied_to = !event.pitches.empty() && (left > 0 || goes_on);
    came = true;
    at += ticks_of(sign);
    signs.push_back(std::move(sign));
  }
}

Layer layer_of(const std::vector<Event>& events, const std::vector<Tick>& bars,
               const std::vector<Tick>& cuts, Tick end) {
  Layer layer;
  for (std::size_t i = 0; i < bars.size(); ++i)
    layer.push_back({bars[i], i + 1 < bars.size() ? bars[i + 1] : end, {}});
  std::size_t bar = 0;
  for (const Event& event : events) {
    for (Tick from = event.start; from < event.end;) {
      const auto next = std::upper_bound(cuts.begin(), cuts.end(), from);
      const Tick to = next == cuts.end() ? event.end : std::min(*next, event.end);
      while (bar + 1 < layer.size() && layer[bar].end <= from) ++bar;
      append_signs(layer[bar].signs, {from, to, event.pitches}, to<event.end, from> event.start);
      from = to;
    }
  }
  return layer;
}

}  // namespace

int time_of(int tuplet) noexcept {
  return tuplet == 1 ? 1 : tuplet == 3 ? 2 : tuplet == 9 ? 8 : 4;
}

Tick ticks_of(const Sign& sign) noexcept {
  return grain * sign.written() * time_of(sign.tuplet) / sign.tuplet;
}

Score for_notation(const Score& score) {
  check(score);
  const auto exact = [&](Tick at) {
    return at * abc_ticks_per_quarter % score.ticks_per_quarter == 0;
  };
  const bool whole = exact(score.length) &&
                     std::all_of(score.notes.begin(), score.notes.end(),
                                 [&](const Note& n) { return exact(n.start) && exact(n.length); });
  if (!whole) {
    fail(ErrorKind::invalid_argument,
         "the score's times lie between those that notes can be written for; put it on a grid "
         "first.");
  }
  return in_ticks(score, abc_ticks_per_quarter);
}

std::vector<Layer> notate(const Score& score, int voice) {
  const std::vector<Tick> bars = bar_starts(score);
  const std::vector<std::vector<Event>> lines = lines_of(score, voice);
  std::vector<Layer> layers;
  for (const std::vector<Event>& line : lines) {
    const bool first = voice == 0 && layers.empty();
    layers.push_back(
        layer_of(with_rests(line, score.length), bars, cuts_of(score, bars, first), score.length));
  }
  return layers;
}

std::size_t tuplet_signs(const NotatedBar& bar, std::size_t first) {
  const int tuplet = bar.signs[first].tuplet;
  if (tuplet == 1) return 0;
  Tick length = 0;
  std::size_t end = first;
  while (end < bar.signs.size() && bar.signs[end].tuplet == tuplet) {
    length += ticks_of(bar.signs[end++]);
    if (length % grain == 0) break;
  }
  return end - first;
}

}  // namespace atelier::music
