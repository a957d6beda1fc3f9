// SPDX-License-Identifier: Apache-2.0
// seek(k) gives what reading up to k gives.
#include "films.hpp"

namespace atelier::film {
namespace {

using Seek = InFolder;

void expect_seeks(const std::filesystem::path& path) {
  const auto all = read_all(path);
  ASSERT_GT(all.size(), 20U) << path;
  FilmReader reader(path);
  const int last = static_cast<int>(all.size()) - 1;
  for (const int k : {0, 17, 3, last, 1, 18, 19, last / 2, 0, last - 1}) {
    reader.seek(k);
    for (int i = k; i <= std::min(k + 2, last); ++i) {
      const auto frame = reader.next();
      ASSERT_TRUE(frame) << path << " " << k;
      EXPECT_EQ(frame->index, i) << path;
      EXPECT_EQ(frame->time, all[i].time) << path << " " << i;
      EXPECT_TRUE(frame->picture.rgb == all[i].picture.rgb)
          << path << " seeking to " << k << ", frame " << i;
    }
  }
  reader.seek(last + 1);
  EXPECT_FALSE(reader.next());
  reader.seek(last + 1000);
  EXPECT_FALSE(reader.next());
  reader.seek(2);
  EXPECT_TRUE(reader.next());
}

TEST_F(Seek, EqualsReading) {
  struct Way {
    const char *suffix, *codec;
  };
  for (const Way& way :
       {Way{".mp4", "h264"}, Way{".mp4", "h265"}, Way{".mkv", "h264"}, Way{".webm", "vp9"},
        Way{".mp4", "av1"}, Way{".nut", "auto"}, Way{".gif", "auto"}, Way{".webp", "auto"}}) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options{.size = {64, 64}, .rate = {6, 1}};  // key frames every 24
    options.encode.codec = way.codec;
    const auto path = in_folder(std::string("a") + way.suffix);
    write_scenes(path, 70, options);
    expect_seeks(path);
  }
}

TEST_F(Seek, WithVariableTimes) {
  if (!can_write(".mp4", "h264")) GTEST_SKIP();
  WriteOptions options{.size = {64, 64}, .rate = {6, 1}, .tick = {1, 1000}};
  FilmWriter writer(in_folder("a.mp4"), options);
  std::int64_t time = 100;
  for (int k = 0; k < 60; ++k, time += 40 + (k * 37) % 150)
    writer.add(scene(k, {64, 64}), {time, 0});
  writer.finish();
  expect_seeks(in_folder("a.mp4"));
}

TEST_F(Seek, RawPictures) {
  std::vector<std::string> frames;
  for (int k = 0; k < 30; ++k) frames.emplace_back(16 * 16 * 3, static_cast<char>(100 + k));
  write_bytes(in_folder("a.y4m"), y4m({16, 16}, "F25:1 C444", frames));
  expect_seeks(in_folder("a.y4m"));
}

TEST_F(Seek, NegativeFramesAreRefused) {
  write_scenes(in_folder("a.nut"), 2, {.size = {64, 64}});
  FilmReader reader(in_folder("a.nut"));
  EXPECT_EQ(refusal([&] { reader.seek(-1); }).kind, ErrorKind::invalid_argument);
}

}  // namespace
}  // namespace atelier::film
