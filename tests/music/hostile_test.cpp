// SPDX-License-Identifier: Apache-2.0
// Bytes changed at random: reading ends in music or in an Error of one sentence, never otherwise.
// Sanitizer builds make this count; fuzz_midi.cpp, fuzz_abc.cpp and fuzz_chorales.cpp go further.
#include <gtest/gtest.h>

#include <algorithm>

#include "../base/error_matcher.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/midi.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

/// How many of 400 changes of `whole` are refused; what is read must pass check().
template <class Read>
int refusals(const std::string& whole, std::uint64_t seed, const Read& read) {
  RandomStream random(seed, "hostile music");
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 1 + round % 6; ++i)
      bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
    if (round % 5 == 0) bytes.resize(random.next() % bytes.size());
    if (round % 7 == 0) bytes.insert(random.next() % (bytes.size() + 1), bytes);
    try {
      read(bytes);
    } catch (const Error& error) {
      // What was read may yet be what cannot be written: lengths between those of notes.
      EXPECT_TRUE(error.kind() == ErrorKind::bad_input ||
                  error.kind() == ErrorKind::invalid_argument)
          << error.what();
      const std::string message = error.what();
      EXPECT_EQ(message.find('\n'), std::string::npos);
      ++refused;
    }
  }
  return refused;
}

TEST(Hostile, ChangedMidiIsSurvived) {
  const int refused = refusals(write_midi(test::random_score(1)), 1, [](const std::string& bytes) {
    const MidiFile file = read_midi(bytes, "a.mid", {.pedal = true});
    check(file.score);
    static_cast<void>(read_midi(write_midi(file.score)));
  });
  EXPECT_GT(refused, 40);
}

TEST(Hostile, ChangedAbcIsSurvived) {
  refusals(test::tune, 2, [](const std::string& bytes) {
    for (const std::string_view tune : abc_tunes(bytes)) {
      const Score score = read_abc(tune);
      check(score);
      static_cast<void>(read_abc(write_abc(score)));
    }
  });
}

TEST(Hostile, ChangedChoralesAreSurvived) {
  const int refused = refusals(R"({"test": [[[67, 64, 60, 48], [67, 65], []], [[60, 59]]]})", 3,
                               [](const std::string& bytes) {
                                 for (const auto& [name, pieces] : read_chorales(bytes)) {
                                   for (const Chorale& piece : pieces) check(to_score(piece));
                                 }
                               });
  EXPECT_GT(refused, 40);
}

}  // namespace
}  // namespace atelier::music
