// SPDX-License-Identifier: Apache-2.0
// What cannot be read or written ends in one sentence: what it is, and what to do.
#include <sys/stat.h>

#include <limits>

#include "films.hpp"

namespace atelier::film {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Refused = InFolder;

void expect_unreadable(const std::filesystem::path& path,
                       std::initializer_list<const char*> words) {
  const Refusal error = refusal([&] { (void)read_all(path); });
  EXPECT_EQ(error.kind, ErrorKind::bad_input) << error.message;
  EXPECT_THAT(error.message, HasSubstr(path.string()));
  for (const char* word : words) EXPECT_THAT(error.message, HasSubstr(word));
}

TEST_F(Refused, WhatIsNoFile) {
  expect_unreadable(in_folder("none.mp4"), {"does not exist"});
  write_bytes(in_folder("empty.mp4"), "");
  expect_unreadable(in_folder("empty.mp4"), {"is empty"});
  ASSERT_EQ(::mkfifo(in_folder("pipe.mp4").c_str(), 0600), 0);
  expect_unreadable(in_folder("pipe.mp4"), {"is not a file"});
  expect_unreadable("/dev/zero", {"is not a file"});
}

TEST_F(Refused, CutShortAnywhere) {
  for (const char* suffix : {".mp4", ".mov", ".mkv", ".webm", ".gif", ".webp"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    write_scenes(path, 12, {.size = {96, 64}});
    const std::string whole = bytes_of(path);
    for (const double part : {0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999}) {
      const auto length = std::max<std::size_t>(
          16, static_cast<std::size_t>(static_cast<double>(whole.size()) * part));
      write_bytes(in_folder("cut"), whole.substr(0, length));
      const Refusal error = refusal([&] { (void)read_all(in_folder("cut")); });
      EXPECT_EQ(error.kind, ErrorKind::bad_input) << suffix << " " << part << " " << error.message;
    }
  }
  std::vector<std::string> frames(5, std::string(768, 'a'));
  const std::string raw = y4m({16, 16}, "F25:1 C444", frames);
  write_bytes(in_folder("cut"), raw.substr(0, raw.size() - 100));
  expect_unreadable(in_folder("cut"), {"damaged"});
}

TEST_F(Refused, DamageInTheMiddleIsRefusedOrSkipped) {
  write_scenes(in_folder("a.nut"), 12, {.size = {96, 64}});
  std::string bytes = bytes_of(in_folder("a.nut"));
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 60, '\x55');
  write_bytes(in_folder("a.nut"), bytes);
  expect_unreadable(in_folder("a.nut"), {"damaged"});
  FilmReader reader(in_folder("a.nut"), {.skip_damage = true});
  int frames = 0;
  while (reader.next()) ++frames;
  EXPECT_GE(frames, 10);
  EXPECT_GE(reader.damaged(), 1);
}

TEST_F(Refused, PatchedFramesCountAsDamage) {
  if (!can_write(".mp4", "h264")) GTEST_SKIP();
  WriteOptions options{.size = {128, 96}};
  options.encode.quality = 100;
  write_scenes(in_folder("a.mp4"), 12, options);
  std::string bytes = bytes_of(in_folder("a.mp4"));
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 200, '\0');
  write_bytes(in_folder("a.mp4"), bytes);
  expect_unreadable(in_folder("a.mp4"), {"damaged"});
}

TEST_F(Refused, HugeFrames) {
  for (const image::Size size : {image::Size{30000, 30000}, image::Size{9000, 9000}}) {
    write_bytes(in_folder("a.y4m"), y4m(size, "F25:1 C444", {std::string(1000, 'a')}));
    expect_unreadable(in_folder("a.y4m"), {"x"});
  }
}

TEST_F(Refused, FilmsWithoutFrames) {
  write_bytes(in_folder("a.y4m"), y4m({16, 16}, "F25:1 C444", {}));
  expect_unreadable(in_folder("a.y4m"), {});
}

TEST_F(Refused, ReadOptionsOutOfRange) {
  write_scenes(in_folder("a.nut"), 1, {.size = {64, 64}});
  for (const ReadOptions& options : {ReadOptions{.long_edge = -1}, ReadOptions{.long_edge = 100000},
                                     ReadOptions{.rate = {0, 1}}}) {
    EXPECT_EQ(refusal([&] { FilmReader reader(in_folder("a.nut"), options); }).kind,
              ErrorKind::invalid_argument);
  }
}

TEST_F(Refused, OutputsThatCannotBe) {
  const WriteOptions plain{.size = {64, 64}};
  const auto expect = [&](const std::filesystem::path& path, const WriteOptions& options,
                          ErrorKind kind, const char* words) {
    const Refusal error = refusal([&] { FilmWriter writer(path, options); });
    EXPECT_EQ(error.kind, kind) << error.message;
    EXPECT_THAT(error.message, HasSubstr(words));
    EXPECT_EQ(refusal([&] { check_film_output(path, options); }).message, error.message);
  };
  expect(in_folder("a.wmv"), plain, ErrorKind::invalid_argument, ".mp4");
  expect(in_folder("a"), plain, ErrorKind::invalid_argument, ".mp4");
  expect(in_folder("no/a.mp4"), plain, ErrorKind::io, "does not exist");
  std::filesystem::create_directory(in_folder("folder.mp4"));
  expect(in_folder("folder.mp4"), plain, ErrorKind::invalid_argument, "is a folder");
  expect("/dev/null.d/a.mp4", plain, ErrorKind::io, "does not exist");
  const auto with = [&](auto change) {
    WriteOptions options = plain;
    change(options);
    return options;
  };
  const auto refuse = [&](const char* name, const char* words, auto change) {
    expect(in_folder(name), with(change), ErrorKind::invalid_argument, words);
  };
  refuse("a.webm", "vp9 or av1", [](WriteOptions& o) { o.encode.codec = "h264"; });
  refuse("a.gif", "gif", [](WriteOptions& o) { o.encode.codec = "h264"; });
  refuse("a.mp4", "ffv1", [](WriteOptions& o) { o.encode.codec = "ffv1"; });
  refuse("a.mp4", "film-codec", [](WriteOptions& o) { o.encode.codec = "divx"; });
  refuse("a.mp4", "0..100", [](WriteOptions& o) { o.encode.quality = 101; });
  refuse("a.mp4", "film-chroma", [](WriteOptions& o) { o.encode.chroma = "422"; });
  refuse("a.mp4", "8 or 16", [](WriteOptions& o) { o.bits = 10; });
  refuse("a.mp4", "frames a second", [](WriteOptions& o) { o.rate = {0, 1}; });
  refuse("a.mp4", "tick", [](WriteOptions& o) { o.tick = {1, -1}; });
  refuse("a.gif", "loops", [](WriteOptions& o) { o.loops = -1; });
  refuse("a.mp4", "JSON", [](WriteOptions& o) { o.recipe = "{"; });
  refuse("a.nut", "keep a recipe", [](WriteOptions& o) { o.recipe = "{}"; });
  refuse("a.mp4", "make it smaller", [](WriteOptions& o) { o.size = {20000, 16}; });
  refuse("a.mp4", "begin at", [](WriteOptions& o) { o.sound_start = -1; });
}

TEST_F(Refused, FramesThatDoNotFit) {
  FilmWriter writer(in_folder("a.nut"), {.size = {64, 64}});
  EXPECT_EQ(refusal([&] { writer.finish(); }).kind, ErrorKind::invalid_argument);
  writer.add(scene(0, {64, 64}), {5, 1});
  EXPECT_EQ(refusal([&] { writer.add(scene(0, {64, 48})); }).kind, ErrorKind::invalid_argument);
  for (const std::int64_t time : {5, 4, -1}) {
    const Refusal error = refusal([&] { writer.add(scene(0, {64, 64}), {time, 1}); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.message, HasSubstr("grow"));
  }
  image::Image broken = scene(0, {64, 64});
  broken.rgb[7] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(refusal([&] { writer.add(broken); }).message, HasSubstr("not finite"));
  writer.add(scene(1, {64, 64}));
  writer.finish();
  EXPECT_EQ(read_all(in_folder("a.nut")).size(), 2U);
}

}  // namespace
}  // namespace atelier::film
