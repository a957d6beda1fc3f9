// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "atelier/base/error.hpp"
#include "atelier/music/midi.hpp"
#include "music/midi_track.hpp"

namespace atelier::music {
namespace {

constexpr int drum_channel = 9;  // channel 10, counted from 1

/// Sorted, and of several at one time only the last.
template <class Change>
void settle(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
  const auto kept = std::unique(changes.rbegin(), changes.rend(),
                                [](const Change& a, const Change& b) { return a.at == b.at; });
  changes.erase(changes.begin(), kept.base());
}

/// When a key that is let go at `end` falls silent: at once, or when the pedal rises.
Tick silent_at(Tick end, const std::vector<std::pair<Tick, bool>>& pedal, Tick last) {
  auto after = std::upper_bound(pedal.begin(), pedal.end(), end,
                                [](Tick at, const auto& change) { return at < change.first; });
  if (after == pedal.begin() || !(after - 1)->second) return end;
  while (after != pedal.end() && after->second) ++after;
  return after == pedal.end() ? last : after->first;
}

/// Tracks' channels and instruments as voices.
class Voices {
 public:
  explicit Voices(Score& score) : score_(score) {}

  void add(int track, const std::string& name, const MidiNote& note, std::string_view file) {
    const auto [found, first] = places_.try_emplace(std::tuple(track, note.channel, note.program),
                                                    static_cast<int>(score_.voices.size()));
    if (first) {
      if (score_.voices.size() == max_voices)
        fail(ErrorKind::bad_input, "{} has more than {} voices.", file, max_voices);
      score_.voices.push_back({name, note.program, note.channel == drum_channel});
    }
    score_.notes.push_back(
        {note.start, found->second, note.pitch, note.end - note.start, note.velocity});
  }

 private:
  Score& score_;
  std::map<std::tuple<int, int, int>, int> places_;
};

}  // namespace

MidiFile read_midi(std::string_view bytes, std::string_view name, const MidiReadOptions& options) {
  if (bytes.size() > max_midi_bytes)
    fail(ErrorKind::bad_input, "{} has {} bytes; at most {} are read.", name, bytes.size(),
         max_midi_bytes);
  if (!bytes.starts_with("MThd"))
    fail(ErrorKind::bad_input, "{} is no MIDI file: it does not begin with MThd.", name);
  ByteReader file(bytes.substr(4), std::string(name));
  ByteReader head(file.take(file.number(4)), std::string(name));
  const std::uint32_t format = head.number(2);
  head.number(2);  // tracks: as many as there are
  const std::uint32_t division = head.number(2);
  if (format > 1)
    fail(ErrorKind::bad_input, "{} has MIDI format {}; formats 0 and 1 are read.", name, format);
  if (division == 0 || division >= 0x8000)
    fail(ErrorKind::bad_input,
         "{} does not count time in ticks of a quarter note; save it so in the program that made "
         "it.",
         name);
  MidiContent content;
  std::vector<MidiTrack> tracks;
  while (!file.at_end()) {
    // Some programs pad the end with a few bytes.
    if (file.left() < 8 && !tracks.empty()) break;
    const bool is_track = file.take(4) == "MTrk";
    const std::string_view chunk = file.take(file.number(4));
    if (!is_track) continue;
    ByteReader track(chunk, fmt::format("{} (track {})", name, tracks.size() + 1));
    tracks.push_back(read_track(track, content));
    if (tracks.size() > 65535) fail(ErrorKind::bad_input, "{} has too many tracks.", name);
  }
  if (tracks.empty()) fail(ErrorKind::bad_input, "{} has no track.", name);
  MidiFile result;
  result.hanging_notes = content.hanging;
  Score& score = result.score;
  score.ticks_per_quarter = static_cast<int>(division);
  score.title = tracks.front().name;
  score.length = content.end;
  score.tempi = std::move(content.tempi);
  score.metres = std::move(content.metres);
  score.keys = std::move(content.keys);
  settle(score.tempi);
  settle(score.metres);
  settle(score.keys);
  for (auto& [channel, pedal] : content.pedals) std::stable_sort(pedal.begin(), pedal.end());
  Voices voices(score);
  int number = 0;
  for (MidiTrack& track : tracks) {
    for (MidiNote& note : track.notes) {
      if (options.pedal) note.end = silent_at(note.end, content.pedals[note.channel], content.end);
      voices.add(number, track.name, note, name);
    }
    track.notes = {};
    ++number;
  }
  tidy(score);
  return result;
}

}  // namespace atelier::music
