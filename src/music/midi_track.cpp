// SPDX-License-Identifier: Apache-2.0
#include "music/midi_track.hpp"

#include <algorithm>
#include <array>
#include <deque>

namespace atelier::music {
namespace {

constexpr int meta_name = 0x03, meta_end = 0x2f, meta_tempo = 0x51, meta_metre = 0x58,
              meta_key = 0x59;
constexpr int sustain_pedal = 64;

class TrackReader {
 public:
  TrackReader(ByteReader& bytes, MidiContent& content) : bytes_(bytes), content_(content) {}

  MidiTrack read() {
    while (!bytes_.at_end() && !ended_) {
      now_ += bytes_.variable_length();
      if (now_ > max_tick)
        fail(ErrorKind::bad_input, "{} lasts longer than {} ticks.", bytes_.name(), max_tick);
      event();
    }
    for (auto& [key, open] : open_) {
      for (const std::size_t place : open) {
        track_.notes[place].end = now_;
        ++content_.hanging;
      }
    }
    content_.end = std::max(content_.end, now_);
    return std::move(track_);
  }

 private:
  void event() {
    int status = bytes_.byte();
    if (status == 0xff) return meta();
    if (status == 0xf0 || status == 0xf7) {
      bytes_.take(bytes_.variable_length());
      return;
    }
    int first = -1;
    if (status < 0x80) {
      first = status;
      status = running_;
    }
    if (status < 0x80 || status >= 0xf0)
      fail(ErrorKind::bad_input, "{} is damaged: byte {} begins no event.", bytes_.name(), status);
    running_ = status;
    if (first < 0) first = data();
    const int kind = status >> 4, channel = status & 0xf;
    const bool one = kind == 0xc || kind == 0xd;  // instrument, pressure of a channel
    const int second = one ? 0 : data();
    if (kind == 0x9 && second > 0) strike(channel, first, second);
    if (kind == 0x8 || (kind == 0x9 && second == 0)) let_go(channel, first);
    if (kind == 0xc) programs_[static_cast<std::size_t>(channel)] = first;
    if (kind == 0xb && first == sustain_pedal)
      content_.pedals[channel].emplace_back(now_, second >= 64);
  }

  int data() {
    const int value = bytes_.byte();
    if (value >= 0x80)
      fail(ErrorKind::bad_input, "{} is damaged: byte {} stands where a value up to 127 must.",
           bytes_.name(), value);
    return value;
  }

  void strike(int channel, int pitch, int velocity) {
    if (++content_.notes > max_notes)
      fail(ErrorKind::bad_input, "{} has more than {} notes.", bytes_.name(), max_notes);
    open_[{channel, pitch}].push_back(track_.notes.size());
    track_.notes.push_back(
        {now_, now_, channel, programs_[static_cast<std::size_t>(channel)], pitch, velocity});
  }

  void let_go(int channel, int pitch) {
    const auto found = open_.find({channel, pitch});
    if (found == open_.end() || found->second.empty()) return;
    track_.notes[found->second.front()].end = now_;
    found->second.pop_front();
  }

  void meta() {
    const int type = bytes_.byte();
    const std::string_view text = bytes_.take(bytes_.variable_length());
    ByteReader value(text, bytes_.name());
    switch (type) {
      case meta_end:
        ended_ = true;
        break;
      case meta_name:
        if (track_.name.empty()) track_.name = text.substr(0, 200);
        break;
      case meta_tempo: {
        const auto microseconds = static_cast<int>(value.number(3));
        if (microseconds == 0)
          fail(ErrorKind::bad_input, "{} is damaged: a tempo of no time.", bytes_.name());
        content_.tempi.push_back({now_, microseconds});
        break;
      }
      case meta_metre: {
        const int beats = value.byte(), power = value.byte();
        if (beats < 1 || beats > 99 || power > 7)
          fail(ErrorKind::bad_input, "{} is damaged: a metre of {}/2^{}.", bytes_.name(), beats,
               power);
        content_.metres.push_back({now_, beats, 1 << power});
        break;
      }
      case meta_key: {
        const int fifths = static_cast<std::int8_t>(value.byte());
        const bool minor = value.byte() == 1;
        if (fifths >= -7 && fifths <= 7)
          content_.keys.push_back({now_, {fifths, minor ? Mode::minor : Mode::major}});
        break;
      }
      default:
        break;
    }
  }

  ByteReader& bytes_;
  MidiContent& content_;
  MidiTrack track_;
  std::map<std::pair<int, int>, std::deque<std::size_t>> open_;  ///< by channel and pitch
  std::array<int, 16> programs_{};
  Tick now_ = 0;
  int running_ = 0;
  bool ended_ = false;
};

}  // namespace

MidiTrack read_track(ByteReader& bytes, MidiContent& content) {
  return TrackReader(bytes, content).read();
}

}  // namespace atelier::music
