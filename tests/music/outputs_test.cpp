// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stop_token>

#include "../base/environment.hpp"
#include "../base/error_matcher.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/subprocess.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/audio.hpp"
#include "atelier/music/engrave.hpp"
#include "atelier/music/music_xml.hpp"
#include "atelier/music/piano_roll.hpp"
#include "atelier/music/timing.hpp"
#include "pieces.hpp"

namespace atelier::music {
namespace {

using ::testing::HasSubstr;

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

TEST(MusicXml, WritesEveryNoteAndFillsEveryBar) {
  const std::string xml = write_music_xml(read_abc(test::tune));
  EXPECT_THAT(xml, HasSubstr("<fifths>2</fifths><mode>major</mode>"));
  EXPECT_THAT(xml, HasSubstr("<beats>6</beats><beat-type>8</beat-type>"));
  EXPECT_THAT(xml, HasSubstr("<actual-notes>3</actual-notes>"));
  EXPECT_THAT(xml, HasSubstr("<words>B7/f+</words>"));
  EXPECT_THAT(xml, HasSubstr("<per-minute>150</per-minute>"));
  EXPECT_EQ(count(xml, "<measure "), 11u);
  EXPECT_EQ(count(xml, "<tie type=\"start\"/>"), count(xml, "<tie type=\"stop\"/>"));
  EXPECT_EQ(count(xml, "<tuplet type=\"start\"/>"), count(xml, "<tuplet type=\"stop\"/>"));
  EXPECT_EQ(count(xml, "<"), count(xml, ">"));
}

TEST(MusicXml, EscapesTextAndFillsTheBarsOfEveryVoice) {
  const Score score = test::random_score(4);
  const std::string xml = write_music_xml(score);
  EXPECT_THAT(xml, HasSubstr("By chance &amp; &lt;more&gt;"));
  EXPECT_EQ(count(xml, "<part id="), 3u);
  EXPECT_EQ(count(xml, "<measure "), 3 * bar_starts(score).size());
}

/// Where a pixel of nearly this colour lies: left, right, top, bottom; left is -1 without one.
struct Box {
  int left = -1, right = -1, top = -1, bottom = -1;
};
Box box_of(const image::Image& picture, float r, float g, float b) {
  Box box;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const float* p = picture.rgb.data() + 3 * (std::ptrdiff_t{y} * picture.width + x);
      if (std::abs(p[0] - r) + std::abs(p[1] - g) + std::abs(p[2] - b) > 0.01F) continue;
      box.left = box.left < 0 ? x : std::min(box.left, x);
      box.right = std::max(box.right, x);
      box.top = box.top < 0 ? y : box.top;
      box.bottom = y;
    }
  }
  return box;
}

TEST(PianoRoll, PutsANoteWhereItIs) {
  Score score;
  score.ticks_per_quarter = 1;
  score.voices.resize(1);
  score.notes = {{1, 0, 64, 2, 100}};
  score.length = 8;
  const image::Image roll = piano_roll(score, {.width = 500, .quarter = 20, .semitone = 10});
  const Box note = box_of(roll, 0, 0.45F, 0.70F);
  EXPECT_EQ(note.right - note.left + 1, 2 * 20 - 2);
  EXPECT_EQ(note.bottom - note.top + 1, 9);
  EXPECT_EQ(note.left, 16 + 34 + 20 + 1);
  score.notes[0].pitch = 76;
  score.notes.insert(score.notes.begin(), Note{0, 0, 64, 1, 20});
  const Box higher =
      box_of(piano_roll(score, {.width = 500, .quarter = 20, .semitone = 10}), 0, 0.45F, 0.70F);
  EXPECT_LT(higher.top, note.bottom);
}

TEST(PianoRoll, WrapsRowsAndRefusesWhatIsTooHigh) {
  Score score = to_score(test::cadence_in_c());
  score.length = 4000;
  const int one = piano_roll(to_score(test::cadence_in_c())).height;
  EXPECT_GT(piano_roll(score).height, 10 * one);
  score.length = 4'000'000;
  EXPECT_ERROR(piano_roll(score), invalid_argument, HasSubstr("high"));
  EXPECT_ERROR(piano_roll(Score{}), invalid_argument, HasSubstr("no notes"));
  EXPECT_ERROR(piano_roll(score, {.width = 3}), invalid_argument, HasSubstr("400"));
}

class Played : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!find_sound_font()) GTEST_SKIP() << "no sound font is installed";
  }
};

TEST_F(Played, RingsOutAtOneDecibelBelowFullScale) {
  const Score score = to_score(test::cadence_in_c(), 0, 120);
  const Audio audio = play(score, {.sample_rate = 22'050});
  float peak = 0;
  for (const float sample : audio.samples) peak = std::max(peak, std::abs(sample));
  EXPECT_NEAR(peak, 0.891, 1e-3);
  EXPECT_GT(audio.seconds(), 2.05);
  EXPECT_LT(audio.seconds(), 12.1);
  EXPECT_EQ(audio.samples.back(), 0);
  EXPECT_EQ(audio.samples, play(score, {.sample_rate = 22'050}).samples);
}

TEST_F(Played, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_ERROR(play(to_score(test::cadence_in_c()), {}, {}, stop.get_token()), cancelled,
               HasSubstr("not played"));
}

TEST_F(Played, IsWrittenInThreeFormatsWithTheSameBytesTwice) {
  const TemporaryFolder folder;
  Score score = to_score(test::cadence_in_c(), 0, 600);
  const Audio audio = play(score, {.sample_rate = 22'050});
  for (const char* name : {"a.wav", "a.flac", "a.ogg"}) {
    const auto path = folder.path() / name;
    save_audio(audio, path, "{}");
    const std::string bytes = read_file(path, 1 << 24);
    EXPECT_GT(bytes.size(), 2000u) << name;
    save_audio(audio, path, "{}");
    EXPECT_EQ(read_file(path, 1 << 24), bytes) << name;
  }
  const std::string wav = read_file(folder.path() / "a.wav", 1 << 24);
  EXPECT_TRUE(wav.starts_with("RIFF"));
  EXPECT_GE(wav.size(), 2 * audio.samples.size());
  EXPECT_ERROR(save_audio(audio, folder.path() / "a.mp3"), invalid_argument, HasSubstr(".flac"));
  EXPECT_ERROR(save_audio({}, folder.path() / "a.wav"), invalid_argument, HasSubstr("no sound"));
  EXPECT_ERROR(save_audio(audio, folder.path() / "no" / "a.wav"), io, HasSubstr("written"));
}

TEST(Play, SaysWhatIsMissing) {
  const atelier::test::Variable font("ATELIER_SOUND_FONT");
  font.set("/nowhere.sf2");
  EXPECT_ERROR(play(to_score(test::cadence_in_c())), missing_capability,
               HasSubstr("apt install timgm6mb-soundfont"));
  EXPECT_ERROR(play(Score{}), invalid_argument, HasSubstr("no notes"));
  Score long_piece = to_score(test::cadence_in_c(), 0, 4);
  long_piece.length = 4000;
  EXPECT_ERROR(play(long_piece), invalid_argument, HasSubstr("3600 s"));
}

TEST(Engrave, WritesSvgWhereAnEngraverIs) {
  if (!find_program("abcm2ps")) GTEST_SKIP() << "abcm2ps is not installed";
  const TemporaryFolder folder;
  engrave(read_abc(test::tune), folder.path() / "tune.svg");
  const std::string svg = read_file(folder.path() / "tune.svg", 1 << 24);
  EXPECT_THAT(svg, HasSubstr("<svg"));
  engrave(to_score(test::cadence_in_c()), folder.path() / "chorale.svg");
}

TEST(Engrave, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_ERROR(engrave(Score{}, "a.gif"), invalid_argument, HasSubstr(".svg or .pdf"));
  const atelier::test::Variable path("PATH");
  path.set(folder.path().c_str());
  EXPECT_ERROR(engrave(read_abc(test::tune), folder.path() / "a.svg"), missing_capability,
               HasSubstr("apt install abcm2ps"));
}

}  // namespace
}  // namespace atelier::music
