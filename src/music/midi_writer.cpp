// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <map>

#include "atelier/base/error.hpp"
#include "atelier/music/midi.hpp"

namespace atelier::music {
namespace {

constexpr int drum_channel = 9, channels = 16;
constexpr std::size_t max_name_bytes = 1000;

void append_number(std::string& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

void append_variable_length(std::string& out, std::uint32_t value) {
  for (int shift = 28; shift > 0; shift -= 7) {
    if (value >> shift != 0) out += static_cast<char>((value >> shift & 0x7f) | 0x80);
  }
  out += static_cast<char>(value & 0x7f);
}

void check_name(const std::string& name) {
  if (name.size() <= max_name_bytes) return;
  fail(ErrorKind::invalid_argument, "a title or name of {} bytes is not written; use at most {}.",
       name.size(), max_name_bytes);
}

std::string meta(int type, std::string_view value) {
  std::string bytes{'\xff', static_cast<char>(type)};
  append_variable_length(bytes, static_cast<std::uint32_t>(value.size()));
  bytes += value;
  return bytes;
}

/// Events by time, then by rank, then in the order they came.
class Track {
 public:
  enum Rank { head, release, strike };

  void add(Tick at, Rank rank, std::string bytes) {
    events_.push_back({at, rank, std::move(bytes)});
  }

  /// The chunk, which ends at `end`.
  std::string chunk(Tick end) {
    std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
      return std::pair(a.at, a.rank) < std::pair(b.at, b.rank);
    });
    std::string body;
    Tick now = 0;
    for (const Event& event : events_) {
      append_wait(body, event.at - now);
      now = event.at;
      body += event.bytes;
    }
    append_wait(body, end - now);
    body += meta(0x2f, "");
    std::string result("MTrk");
    append_number(result, static_cast<std::uint32_t>(body.size()), 4);
    return result + body;
  }

 private:
  struct Event {
    Tick at;
    Rank rank;
    std::string bytes;
  };

  /// A wait of more than four bytes of seven bits is cut by empty texts.
  static void append_wait(std::string& out, Tick wait) {
    constexpr Tick longest = 0xfffffff;
    for (; wait > longest; wait -= longest) {
      append_variable_length(out, longest);
      out += meta(0x01, "");
    }
    append_variable_length(out, static_cast<std::uint32_t>(wait));
  }

  std::vector<Event> events_;
};

/// Channels by voice: one each while they last, then one for an instrument.
std::vector<int> channels_of(const std::vector<Voice>& voices) {
  const auto melodic =
      std::count_if(voices.begin(), voices.end(), [](const Voice& voice) { return !voice.drums; });
  std::map<int, int> by_program;
  std::vector<int> result;
  int next = 0;
  for (const Voice& voice : voices) {
    if (voice.drums) {
      result.push_back(drum_channel);
      continue;
    }
    int index = next;
    if (melodic >= channels) index = by_program.try_emplace(voice.program, next).first->second;
    if (index == next) ++next;
    if (next >= channels) {
      fail(ErrorKind::invalid_argument,
           "the score has more than {} instruments, and MIDI has no channels for them.",
           channels - 1);
    }
    result.push_back(index < drum_channel ? index : index + 1);
  }
  return result;
}

std::string conductor(const Score& score) {
  Track track;
  if (!score.title.empty()) track.add(0, Track::head, meta(0x03, score.title));
  for (const Metre& metre : score.metres) {
    // 24 clocks to a quarter, 8 thirty-seconds: the usual values.
    const char power = static_cast<char>(std::countr_zero(static_cast<unsigned>(metre.unit)));
    track.add(metre.at, Track::head,
              meta(0x58, std::string{static_cast<char>(metre.beats), power, 24, 8}));
  }
  for (const KeyChange& change : score.keys) {
    const char minor = change.key.mode == Mode::minor ? 1 : 0;
    track.add(change.at, Track::head,
              meta(0x59, std::string{static_cast<char>(change.key.fifths), minor}));
  }
  for (const Tempo& tempo : score.tempi) {
    std::string value;
    append_number(value, static_cast<std::uint32_t>(tempo.microseconds_per_quarter), 3);
    track.add(tempo.at, Track::head, meta(0x51, value));
  }
  return track.chunk(score.length);
}

}  // namespace

std::string write_midi(const Score& score) {
  check(score);
  check_name(score.title);
  const std::vector<int> channel = channels_of(score.voices);
  std::vector<Track> tracks(score.voices.size());
  for (std::size_t v = 0; v < tracks.size(); ++v) {
    const Voice& voice = score.voices[v];
    check_name(voice.name);
    if (!voice.name.empty()) tracks[v].add(0, Track::head, meta(0x03, voice.name));
    tracks[v].add(0, Track::head,
                  {static_cast<char>(0xc0 | channel[v]), static_cast<char>(voice.program)});
  }
  for (const Note& note : score.notes) {
    const auto v = static_cast<std::size_t>(note.voice);
    const auto pitch = static_cast<char>(note.pitch);
    tracks[v].add(note.start, Track::strike,
                  {static_cast<char>(0x90 | channel[v]), pitch, static_cast<char>(note.velocity)});
    tracks[v].add(note.start + note.length, Track::release,
                  {static_cast<char>(0x80 | channel[v]), pitch, 64});
  }
  std::string file("MThd");
  append_number(file, 6, 4);
  append_number(file, 1, 2);
  append_number(file, static_cast<std::uint32_t>(tracks.size() + 1), 2);
  append_number(file, static_cast<std::uint32_t>(score.ticks_per_quarter), 2);
  file += conductor(score);
  for (Track& track : tracks) file += track.chunk(score.length);
  return file;
}

}  // namespace atelier::music
