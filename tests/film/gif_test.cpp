// SPDX-License-Identifier: Apache-2.0
// Palettes, loops and animations.
#include <set>

#include "film/container.hpp"
#include "film/palette.hpp"
#include "films.hpp"

namespace atelier::film {
namespace {

using Animated = InFolder;

TEST(PaletteMaker, FewColoursStayExact) {
  PaletteMaker maker;
  std::vector<image::Image> colours{flat({8, 8}, 1, 0, 0), flat({8, 8}, 0, 100 / 255.0F, 0),
                                    flat({8, 8}, 7 / 255.0F, 7 / 255.0F, 1)};
  for (const auto& colour : colours) maker.see(colour);
  Palette palette(maker.colours(255));
  ASSERT_EQ(palette.colours().size(), 3U);
  for (const auto& colour : colours) {
    std::vector<std::uint8_t> row(8);
    palette.map_row(colour, 3, row.data());
    for (const std::uint8_t index : row) {
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(palette.colours()[index][c], colour.rgb[c], 1e-6);
    }
  }
}

TEST(PaletteMaker, ManyColoursAreNearAndDitheredToTheirMean) {
  PaletteMaker maker;
  const image::Image picture = scene(4, {128, 128});
  maker.see(picture);
  Palette palette(maker.colours(255));
  EXPECT_EQ(palette.colours().size(), 255U);
  double error = 0, blurred = 0;
  std::vector<double> given(16 * 16 * 3), taken(16 * 16 * 3);
  std::vector<std::uint8_t> row(128);
  for (int y = 0; y < 128; ++y) {
    palette.map_row(picture, y, row.data());
    for (int x = 0; x < 128; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double want = picture.rgb[(static_cast<std::size_t>(y) * 128 + x) * 3 + c],
                     got = palette.colours()[row[x]][c];
        error += std::abs(want - got) * 255;
        const std::size_t block = (static_cast<std::size_t>(y / 8) * 16 + x / 8) * 3 + c;
        given[block] += want / 64, taken[block] += got / 64;
      }
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) blurred += std::abs(given[i] - taken[i]) * 255;
  EXPECT_LT(error / (128 * 128 * 3), 6);
  EXPECT_LT(blurred / static_cast<double>(given.size()), 2.5)
      << "over 8 x 8 pixels dithering keeps the mean";
}

TEST(PaletteMaker, OneColourOrNone) {
  PaletteMaker maker;
  image::Image nothing = flat({8, 8}, 1, 1, 1);
  nothing.alpha.assign(64, 0);
  maker.see(nothing);
  Palette palette(maker.colours(255));
  std::vector<std::uint8_t> row(8);
  palette.map_row(nothing, 0, row.data());
  EXPECT_EQ(row, std::vector<std::uint8_t>(8, Palette::transparent));
}

TEST_F(Animated, WhatStandsStillDoesNotFlicker) {
  write_scenes(in_folder("a.gif"), 10, {.size = {160, 96}});
  const auto frames = read_all(in_folder("a.gif"));
  ASSERT_EQ(frames.size(), 10U);
  // The right edge is behind the disc all the time.
  for (int k = 1; k < 10; ++k) {
    for (int y = 0; y < 96; ++y) {
      for (int c = 0; c < 3; ++c) {
        const std::size_t at = (static_cast<std::size_t>(y) * 160 + 150) * 3 + c;
        ASSERT_EQ(frames[k].picture.rgb[at], frames[0].picture.rgb[at]) << k << " " << y;
      }
    }
  }
}

TEST_F(Animated, LoopsAreKept) {
  for (const char* suffix : {".gif", ".webp"}) {
    if (!can_write(suffix, "auto")) continue;
    for (const int loops : {0, 1, 2, 7}) {
      const auto path = in_folder(std::string("a") + suffix);
      write_scenes(path, 3, {.size = {64, 64}, .loops = loops});
      EXPECT_EQ(FilmReader(path).info().loops, loops) << suffix;
    }
  }
}

TEST_F(Animated, InfoOfGifAndWebp) {
  for (const char* suffix : {".gif", ".webp"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    write_scenes(path, 5, {.size = {66, 40}, .rate = {20, 1}, .alpha = true});
    const FilmInfo info = FilmReader(path).info();
    EXPECT_EQ(info.size, (image::Size{66, 40}));
    EXPECT_EQ(info.frames, 5);
    EXPECT_TRUE(info.frames_exact);
    EXPECT_NEAR(info.rate.value(), 20, 0.3) << suffix;
    EXPECT_NEAR(info.seconds, 0.25, 0.011) << suffix;
    EXPECT_FALSE(info.audio);
  }
}

TEST_F(Animated, FramesOfEqualPicturesAreKeptInTime) {
  for (const char* suffix : {".gif", ".webp"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    FilmWriter writer(path, {.size = {64, 64}, .rate = {10, 1}});
    for (int k = 0; k < 6; ++k) writer.add(scene(k / 3, {64, 64}));
    writer.finish();
    FilmReader reader(path);
    const double tick = reader.info().tick.value();
    double end = 0;
    while (const auto frame = reader.next())
      end = static_cast<double>(frame->time.start + frame->time.duration) * tick;
    EXPECT_NEAR(end, 0.6, 0.011) << suffix;
  }
}

TEST_F(Animated, TooManyFramesASecondForGifAreTold) {
  FilmWriter writer(in_folder("a.gif"), {.size = {64, 64}, .rate = {200, 1}});
  for (int k = 0; k < 20; ++k) writer.add(scene(k, {64, 64}));
  writer.finish();
  const auto frames = read_all(in_folder("a.gif"));
  ASSERT_EQ(writer.notes().size(), 1U);
  EXPECT_THAT(writer.notes()[0],
              testing::HasSubstr(std::to_string(20 - frames.size()) + " frames"));
  EXPECT_NEAR(static_cast<double>(frames.size()), 5, 1);  // a tenth of a second at 50 a second
  for (const Frame& frame : frames) EXPECT_GE(frame.time.duration, 2);
}

TEST_F(Animated, OutlinesCountFrames) {
  write_scenes(in_folder("a.gif"), 4, {.size = {64, 64}});
  std::ifstream file(in_folder("a.gif"), std::ios::binary);
  const Outline outline = outline_of(file);
  EXPECT_EQ(outline.frames, 4);
  EXPECT_FALSE(outline.cut_short);
}

}  // namespace
}  // namespace atelier::film
