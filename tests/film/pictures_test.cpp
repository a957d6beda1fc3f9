// SPDX-License-Identifier: Apache-2.0
// Sequences of pictures, and what is a film at all.
#include "atelier/image/file.hpp"
#include "films.hpp"

namespace atelier::film {
namespace {

using testing::HasSubstr;
using Pictures = InFolder;

TEST_F(Pictures, ByPatternUpToTheFirstGap) {
  for (const int k : {3, 4, 5, 7})
    image::save(scene(k, {64, 48}), in_folder("shot-000" + std::to_string(k) + ".png"));
  image::save(scene(9, {64, 48}), in_folder("shot-6.png"));
  const auto frames = read_all(in_folder("shot-%04d.png"), {.rate = {24, 1}});
  ASSERT_EQ(frames.size(), 3U);
  for (int k = 0; k < 3; ++k) {
    EXPECT_LT(difference(frames[k].picture, scene(k + 3, {64, 48})).most, 0.01);
    EXPECT_EQ(frames[k].time, (FrameTime{k, 1}));
  }
  const FilmInfo info = FilmReader(in_folder("shot-%04d.png"), {.rate = {24, 1}}).info();
  EXPECT_EQ(info.rate, (Rational{24, 1}));
  EXPECT_EQ(info.tick, (Rational{1, 24}));
  EXPECT_EQ(info.frames, 3);
  EXPECT_TRUE(is_film(in_folder("shot-%04d.png")));
  EXPECT_FALSE(is_film(in_folder("other-%04d.png")));
}

TEST_F(Pictures, OfAFolderByName) {
  const auto folder = in_folder("frames");
  std::filesystem::create_directory(folder);
  for (const char* name : {"b.png", "a.jpg", "c.tif"})
    image::save(scene(name[0] - 'a', {64, 48}), folder / name);
  write_bytes(folder / "notes.txt", "text");
  write_bytes(folder / ".hidden.png", "half");
  FilmReader reader(folder);
  EXPECT_EQ(reader.info().frames, 3);
  reader.seek(1);
  EXPECT_LT(difference(reader.next()->picture, scene(1, {64, 48})).most, 0.01);
  EXPECT_EQ(reader.next()->index, 2);
  EXPECT_FALSE(reader.next());
}

TEST_F(Pictures, EmptyFoldersAndOtherSizesAreRefused) {
  EXPECT_THAT(refusal([&] { FilmReader reader(folder_.path()); }).message,
              HasSubstr("no pictures"));
  image::save(scene(0, {64, 48}), in_folder("1.png"));
  image::save(scene(0, {64, 40}), in_folder("2.png"));
  const Refusal error = refusal([&] { (void)read_all(in_folder("%d.png")); });
  EXPECT_EQ(error.kind, ErrorKind::bad_input);
  EXPECT_THAT(error.message, testing::AllOf(HasSubstr("64 x 40"), HasSubstr("64 x 48")));
}

TEST_F(Pictures, FilmsAreKnownByContent) {
  for (const char* suffix : {".mp4", ".mkv", ".webm", ".mov", ".gif", ".webp", ".nut"}) {
    if (!can_write(suffix, "auto")) continue;
    write_scenes(in_folder(std::string("a") + suffix), 3, {.size = {64, 64}});
    std::filesystem::rename(in_folder(std::string("a") + suffix), in_folder("film.png"));
    EXPECT_TRUE(is_film(in_folder("film.png"))) << suffix;
    EXPECT_EQ(read_all(in_folder("film.png")).size(), 3U) << suffix;
  }
  write_bytes(in_folder("b"), y4m({16, 16}, "F25:1 C444", {std::string(768, 'a')}));
  EXPECT_TRUE(is_film(in_folder("b")));
}

TEST_F(Pictures, StillPicturesAreNoFilms) {
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    image::save(scene(0, {64, 64}), in_folder(name));
    std::filesystem::rename(in_folder(name), in_folder("still.mp4"));
    EXPECT_FALSE(is_film(in_folder("still.mp4"))) << name;
    const Refusal error = refusal([&] { FilmReader reader(in_folder("still.mp4")); });
    EXPECT_EQ(error.kind, ErrorKind::bad_input);
    EXPECT_THAT(error.message, HasSubstr("picture, not a film")) << name;
  }
  for (const char* suffix : {".gif", ".webp"}) {
    if (!can_write(suffix, "auto")) continue;
    write_scenes(in_folder(std::string("one") + suffix), 1, {.size = {64, 64}});
    EXPECT_FALSE(is_film(in_folder(std::string("one") + suffix))) << suffix;
  }
  write_bytes(in_folder("text.mp4"),
              "Dear diary, today I painted a film. It was long and had many frames in it.\n");
  write_bytes(in_folder("empty.mp4"), "");
  write_bytes(in_folder("list.mp4"),
              "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://example.invalid/"
              "a.ts\n#EXT-X-ENDLIST\n");
  write_bytes(in_folder("concat.mp4"), "ffconcat version 1.0\nfile /etc/passwd\n");
  write_bytes(in_folder("tone.mp4"), tone(0.2));
  for (const char* name :
       {"text.mp4", "empty.mp4", "list.mp4", "concat.mp4", "none.mp4", "tone.mp4"}) {
    EXPECT_FALSE(is_film(in_folder(name))) << name;
    EXPECT_EQ(refusal([&] { FilmReader reader(in_folder(name)); }).kind, ErrorKind::bad_input)
        << name;
  }
  EXPECT_FALSE(is_film(folder_.path()));
}

}  // namespace
}  // namespace atelier::film
