// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "atelier/music/score.hpp"
#include "music/byte_reader.hpp"

namespace atelier::music {

/// A note as a file tells it, before channels become voices.
struct MidiNote {
  Tick start = 0, end = 0;
  int channel = 0, program = 0, pitch = 0, velocity = 0;
};

/// What is gathered from all tracks.
struct MidiContent {
  std::map<int, std::vector<std::pair<Tick, bool>>> pedals;  ///< by channel: since when, down or up
  std::vector<Tempo> tempi;
  std::vector<Metre> metres;
  std::vector<KeyChange> keys;
  std::size_t notes = 0;  ///< struck so far
  std::int64_t hanging = 0;
  Tick end = 0;
};

struct MidiTrack {
  std::string name;
  std::vector<MidiNote> notes;
};

/// Reads the events of one track (RP-001, "MTrk").
[[nodiscard]] MidiTrack read_track(ByteReader& bytes, MidiContent& content);

}  // namespace atelier::music
