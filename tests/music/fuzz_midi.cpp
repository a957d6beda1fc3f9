// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for MIDI files: any bytes are refused, or read as a score that is written and
// read back the same.
#include <cstdint>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/music/midi.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::music;
  try {
    const MidiFile file = read_midi({reinterpret_cast<const char*>(data), size}, "the input",
                                    {.pedal = size % 2 == 0});
    check(file.score);
    const MidiFile again = read_midi(write_midi(file.score));
    if (again.hanging_notes != 0) __builtin_trap();
    if (again.score.notes.size() != file.score.notes.size()) __builtin_trap();
  } catch (const atelier::Error& error) {
    // Refused are bytes, and scores of more instruments than MIDI has channels.
    if (error.kind() == atelier::ErrorKind::internal) __builtin_trap();
  }
  return 0;
}
