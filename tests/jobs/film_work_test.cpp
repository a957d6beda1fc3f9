// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_work.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "jobs/film_frames.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

image::Image painting(int number) {
  image::Image picture;
  picture.width = 5;
  picture.height = 4;
  for (int i = 0; i < 60; ++i)
    picture.rgb.push_back(static_cast<float>((i * 7 + number) % 50) / 51);
  return picture;
}

FrameRecord record(int number) {
  FrameRecord record;
  record.time = {number * 40 + 3, 40};
  record.fresh = number % 3 == 0;
  record.iterations = 8 + number;
  record.losses.content = 0.1 + number / 3.0;
  record.losses.temporal = 1e-7 / (1 + number);
  record.losses.total = 0.7;
  record.change = 0.01 * number;
  record.kept = 1.0 / 3;
  return record;
}

style::StylizeOptions settled() {
  style::StylizeOptions options;
  options.tile = 640;
  options.engine = "winograd";
  return options;
}

class FilmWorkTest : public ::testing::Test {
 protected:
  [[nodiscard]] fs::path output() const { return folder_.path() / "a.mp4"; }
  [[nodiscard]] fs::path work() const { return folder_.path() / ".a.mp4.atelier-film"; }
  void paint(FilmWork& into, int frames) const {
    for (int i = 0; i < frames; ++i) {
      const int number = static_cast<int>(into.done());
      into.add(record(number), painting(number), settled());
    }
  }

  TemporaryFolder folder_;
};

void expect_whole(const FilmWork& work, std::int64_t frames) {
  ASSERT_EQ(work.done(), frames);
  EXPECT_EQ(work.tile(), 640);
  EXPECT_EQ(work.engine(), "winograd");
  EXPECT_EQ(work.last_painting({5, 4}).rgb, painting(static_cast<int>(frames - 1)).rgb);
  std::int64_t seen = 0;
  work.for_each([&](std::int64_t i, const FrameRecord& found) {
    EXPECT_EQ(i, seen++);
    const FrameRecord want = record(static_cast<int>(i));
    EXPECT_EQ(found.time, want.time);
    EXPECT_EQ(found.fresh, want.fresh);
    EXPECT_EQ(found.iterations, want.iterations);
    EXPECT_EQ(found.losses.content, want.losses.content);
    EXPECT_EQ(found.losses.temporal, want.losses.temporal);
    EXPECT_EQ(found.change, want.change);
    EXPECT_EQ(found.kept, want.kept);
    const image::Image frame = work.frame(i);
    for (std::size_t v = 0; v < frame.rgb.size(); ++v) {
      EXPECT_NEAR(frame.rgb[v], painting(static_cast<int>(i)).rgb[v], 0.5001 / 255);
    }
  });
  EXPECT_EQ(seen, frames);
}

TEST_F(FilmWorkTest, IsGoneOnWithBitForBit) {
  {
    FilmWork work(output(), "abc");
    EXPECT_EQ(work.done(), 0);
    paint(work, 3);
  }
  FilmWork work(output(), "abc");
  expect_whole(work, 3);
  paint(work, 2);
  expect_whole(work, 5);
  EXPECT_FALSE(fs::exists(this->work() / "000003.f32"));  // only the last is kept
  work.remove();
  EXPECT_FALSE(fs::exists(this->work()));
}

TEST_F(FilmWorkTest, AFolderWithoutFramesGoesAway) {
  { const FilmWork work(output(), "abc"); }
  EXPECT_FALSE(fs::exists(work()));
}

/// Whatever was being written when a run was killed: what the state does not count is not there.
TEST_F(FilmWorkTest, WhatWasNotFinishedDoesNotCount) {
  {
    FilmWork work(output(), "abc");
    paint(work, 2);
  }
  std::ofstream(work() / "000002.png") << "half a pict";
  std::ofstream(work() / "000002.f32") << "half";
  for (const char* rest : {"{\"start\": 80, \"du", "{\"start\": 80}\n"}) {
    std::ofstream(work() / "frames.jsonl", std::ios::app) << rest;
    FilmWork again(output(), "abc");
    expect_whole(again, 2);
    if (std::string(rest).back() == '\n') {
      paint(again, 1);
      expect_whole(again, 3);
    }
  }
}

TEST_F(FilmWorkTest, RefusesFramesOfAnotherFilm) {
  {
    FilmWork work(output(), "abc");
    paint(work, 1);
  }
  try {
    const FilmWork work(output(), "other");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_NE(std::string(error.what()).find("holds 1 frames of another film"), std::string::npos);
  }
  expect_whole(FilmWork(output(), "abc"), 1);  // nothing was lost
}

TEST_F(FilmWorkTest, IsForOneRunAtATime) {
  FilmWork work(output(), "abc");
  EXPECT_THROW(FilmWork(output(), "abc"), Error);
}

TEST_F(FilmWorkTest, RefusesDamage) {
  {
    FilmWork work(output(), "abc");
    paint(work, 2);
  }
  const auto damage = [&](const char* file, const std::string& content) {
    const fs::path path = work() / file, kept = folder_.path() / "kept";
    fs::rename(path, kept);
    if (!content.empty()) std::ofstream(path) << content;
    EXPECT_THROW((void)FilmWork(output(), "abc").last_painting({5, 4}), Error) << file;
    fs::rename(kept, path);
  };
  damage("state.json", "{");
  damage("state.json", "{\"recipe\": \"abc\"}");
  damage("frames.jsonl", "{}\n");
  damage("000000.png", "");
  damage("000001.f32", "short");
  damage("000001.f32", std::string(240, 'x'));
  expect_whole(FilmWork(output(), "abc"), 2);
}

TEST(FrameRange, IsReadAsItIsWritten) {
  const auto read = [](const char* text) {
    const FrameRange range = parse_frames(text);
    return std::pair(range.first, range.end);
  };
  EXPECT_EQ(read("all"), std::pair(std::int64_t{0}, std::int64_t{-1}));
  EXPECT_EQ(read("1..250"), std::pair(std::int64_t{0}, std::int64_t{250}));
  EXPECT_EQ(read("7..7"), std::pair(std::int64_t{6}, std::int64_t{7}));
  EXPECT_EQ(read("20.."), std::pair(std::int64_t{19}, std::int64_t{-1}));
  EXPECT_EQ(read("..5"), std::pair(std::int64_t{0}, std::int64_t{5}));
  for (const char* wrong : {"", "..", "5", "0..5", "6..5", "a..b", "1..2x", "-1..4", "1-4"}) {
    EXPECT_THROW((void)parse_frames(wrong), Error) << wrong;
  }
}

}  // namespace
}  // namespace atelier::jobs
