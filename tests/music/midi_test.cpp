// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/midi.hpp"

#include <gtest/gtest.h>

#include <map>

#include "../base/error_matcher.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string be(std::uint32_t value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift);
  return out;
}

std::string head(int format, int tracks, int division = 96) {
  return "MThd" + be(6, 4) + be(static_cast<std::uint32_t>(format), 2) +
         be(static_cast<std::uint32_t>(tracks), 2) + be(static_cast<std::uint32_t>(division), 2);
}

std::string track(const std::string& events) {
  return "MTrk" + be(static_cast<std::uint32_t>(events.size()), 4) + events;
}

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out += static_cast<char>(value);
  return out;
}

const std::string end = bytes({0, 0xff, 0x2f, 0});

TEST(Midi, ReadsRunningStatusSysexMetaAndTempo) {
  // Name, tempo 400,000, 6/8, E minor, a sysex, instrument 24, then two notes by running status,
  // let go by strokes of no force.
  const std::string events =
      bytes({0, 0xff, 3, 2, 'h', 'i'}) + bytes({0, 0xff, 0x51, 3, 6, 0x1a, 0x80}) +
      bytes({0, 0xff, 0x58, 4, 6, 3, 24, 8}) + bytes({0, 0xff, 0x59, 2, 1, 1}) +
      bytes({0, 0xf0, 3, 1, 2, 0xf7}) + bytes({0, 0xc3, 24}) + bytes({0, 0x93, 60, 90}) +
      bytes({0, 64, 70}) + bytes({0x81, 0x40, 60, 0}) + bytes({0, 64, 0}) + end;
  const MidiFile file = read_midi(head(0, 1) + track(events));
  const Score& score = file.score;
  EXPECT_EQ(score.title, "hi");
  EXPECT_EQ(score.ticks_per_quarter, 96);
  EXPECT_THAT(score.voices, ElementsAre(Voice{"hi", 24, false}));
  EXPECT_THAT(score.notes, ElementsAre(Note{0, 0, 60, 192, 90}, Note{0, 0, 64, 192, 70}));
  EXPECT_THAT(score.tempi, ElementsAre(Tempo{0, 400'000}));
  EXPECT_THAT(score.metres, ElementsAre(Metre{0, 6, 8}));
  EXPECT_EQ(score.keys.at(0).key, (Key{1, Mode::minor}));
  EXPECT_EQ(file.hanging_notes, 0);
}

TEST(Midi, ClosesHangingNotesAtTheTracksEndAndCountsThem) {
  const MidiFile file =
      read_midi(head(0, 1) + track(bytes({0, 0x90, 60, 90, 10, 62, 90, 20, 0x80, 62, 0, 70}) +
                                   bytes({0xff, 0x2f, 0})));
  EXPECT_EQ(file.hanging_notes, 1);
  EXPECT_THAT(file.score.notes, ElementsAre(Note{0, 0, 60, 100, 90}, Note{10, 0, 62, 20, 90}));
}

TEST(Midi, LetsNotesSoundUnderThePedalOnlyWhenAsked) {
  const std::string file =
      head(0, 1) +
      track(bytes({0, 0xb0, 64, 127, 0, 0x90, 60, 90, 10, 60, 0, 50, 0xb0, 64, 0}) + end);
  EXPECT_EQ(read_midi(file).score.notes.at(0).length, 10);
  EXPECT_EQ(read_midi(file, "", {.pedal = true}).score.notes.at(0).length, 60);
}

TEST(Midi, WhatIsWrittenIsReadBackExactly) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Score score = test::random_score(seed);
    const std::string written = write_midi(score);
    const MidiFile file = read_midi(written);
    EXPECT_EQ(file.hanging_notes, 0);
    EXPECT_EQ(file.score.tempi, score.tempi);
    EXPECT_EQ(file.score.metres, score.metres);
    EXPECT_EQ(file.score.keys, score.keys);
    EXPECT_EQ(file.score.title, score.title);
    EXPECT_EQ(file.score.length, score.length);
    EXPECT_EQ(file.score.notes.size(), score.notes.size());
    EXPECT_EQ(write_midi(file.score), write_midi(read_midi(write_midi(file.score)).score));
    EXPECT_EQ(write_midi(score), written);
  }
}

TEST(Midi, GivesFifteenVoicesChannelsAndSharesThemByInstrumentBeyond) {
  Score score;
  for (int voice = 0; voice < 40; ++voice) {
    score.voices.push_back({"", voice % 15, false});
    score.notes.push_back({0, voice, 60, 100, 80});
  }
  score.length = 100;
  EXPECT_EQ(read_midi(write_midi(score)).score.notes, score.notes);
  score.voices[39].program = 99;
  EXPECT_ERROR(write_midi(score), invalid_argument, HasSubstr("instruments"));
}

TEST(Midi, KeepsVeryLongWaits) {
  Score score;
  score.voices.resize(1);
  score.notes = {{0x70000000, 0, 60, 0x0fffffff, 80}};
  score.length = max_tick;
  EXPECT_EQ(read_midi(write_midi(score)).score.notes, score.notes);
}

TEST(Midi, RefusesInOneSentence) {
  EXPECT_ERROR(read_midi(""), bad_input, HasSubstr("no MIDI file"));
  EXPECT_ERROR(read_midi("RIFF....", "a.mid"), bad_input, HasSubstr("a.mid is no MIDI file"));
  EXPECT_ERROR(read_midi("MThd"), bad_input, HasSubstr("cut short"));
  EXPECT_ERROR(read_midi(head(2, 1) + track(end)), bad_input, HasSubstr("format 2"));
  EXPECT_ERROR(read_midi(head(0, 1, 0xe728) + track(end)), bad_input, HasSubstr("ticks"));
  EXPECT_ERROR(read_midi(head(0, 0)), bad_input, HasSubstr("no track"));
  EXPECT_ERROR(read_midi(head(0, 1) + "MTrk" + be(0xffffffff, 4) + end), bad_input,
               HasSubstr("cut short"));
  EXPECT_ERROR(read_midi(head(0, 1) + track(bytes({0, 60, 60}))), bad_input,
               HasSubstr("begins no event"));
  EXPECT_ERROR(read_midi(head(0, 1) + track(bytes({0, 0x90, 0x90, 60}))), bad_input,
               HasSubstr("value up to 127"));
  EXPECT_ERROR(read_midi(head(0, 1) + track(bytes({0x80, 0x80, 0x80, 0x80, 0x80, 0}))), bad_input,
               HasSubstr("four bytes"));
  EXPECT_ERROR(read_midi(head(0, 1) + track(bytes({0, 0xff, 0x51, 3, 0, 0, 0}) + end)), bad_input,
               HasSubstr("tempo"));
}

}  // namespace
}  // namespace atelier::music
