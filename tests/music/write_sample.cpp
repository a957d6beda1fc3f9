// SPDX-License-Identifier: Apache-2.0
// Writes scores by chance as MIDI files into a folder, for mido_test.py.
#include <filesystem>
#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/music/midi.hpp"
#include "pieces.hpp"

int main(int count, char** arguments) {
  using namespace atelier;
  if (count != 2) return 2;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    write_file(std::filesystem::path(arguments[1]) / (std::to_string(seed) + ".mid"),
               music::write_midi(music::test::random_score(seed)));
  }
}
