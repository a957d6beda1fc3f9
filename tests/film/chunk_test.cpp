// SPDX-License-Identifier: Apache-2.0
// Chunks without loss: what a painting job keeps of finished frames.
#include "films.hpp"

namespace atelier::film {
namespace {

using Chunk = InFolder;

TEST_F(Chunk, EveryBitComesBack) {
  for (const int bits : {8, 16}) {
    for (const bool alpha : {false, true}) {
      WriteOptions options{.size = {67, 41}, .tick = {1, 90000}, .bits = bits, .alpha = alpha};
      const int top = bits == 8 ? 255 : 65535;
      std::vector<image::Image> pictures;
      for (int k = 0; k < 3; ++k) {
        image::Image picture = flat(options.size, 0, 0, 0);
        for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
          picture.rgb[i] =
              static_cast<float>((i * 7919 + k * 31) % (top + 1)) / static_cast<float>(top);
        }
        if (alpha) {
          for (std::size_t i = 0; i < picture.pixels(); ++i) {
            picture.alpha.push_back(static_cast<float>((i * 104729) % (top + 1)) /
                                    static_cast<float>(top));
          }
        }
        pictures.push_back(picture);
      }
      FilmWriter writer(in_folder("a.nut"), options);
      const std::int64_t times[] = {1001, 5005, 123456789};
      for (int k = 0; k < 3; ++k) writer.add(pictures[k], {times[k], 3003});
      writer.finish();
      FilmReader reader(in_folder("a.nut"));
      EXPECT_EQ(reader.info().tick, (Rational{1, 90000}));
      EXPECT_EQ(reader.info().bits, bits);
      EXPECT_EQ(reader.info().codec, "ffv1");
      for (int k = 0; k < 3; ++k) {
        const auto frame = reader.next();
        ASSERT_TRUE(frame);
        EXPECT_EQ(frame->time.start, times[k]);
        for (std::size_t i = 0; i < frame->picture.rgb.size(); ++i) {
          ASSERT_NEAR(frame->picture.rgb[i], pictures[k].rgb[i], 1e-6)
              << bits << " " << alpha << " " << i;
        }
        ASSERT_EQ(frame->picture.alpha.size(), alpha ? pictures[k].alpha.size() : 0);
        for (std::size_t i = 0; i < frame->picture.alpha.size(); ++i) {
          ASSERT_NEAR(frame->picture.alpha[i], pictures[k].alpha[i], 1e-6);
        }
      }
    }
  }
}

TEST_F(Chunk, JoinedGiveTheFilmWrittenAtOnce) {
  if (!can_write(".mp4", "h264")) GTEST_SKIP();
  const WriteOptions options{.size = {96, 64}, .rate = {30000, 1001}};
  write_scenes(in_folder("whole.mp4"), 25, options);
  std::vector<std::filesystem::path> chunks;
  for (int first = 0; first < 25; first += 10) {
    chunks.push_back(in_folder(std::to_string(first) + ".nut"));
    FilmWriter chunk(chunks.back(), options);
    for (int k = first; k < std::min(first + 10, 25); ++k)
      chunk.add(scene(k, options.size), {k, 1});
    chunk.finish();
  }
  FilmWriter joined(in_folder("joined.mp4"), options);
  join(chunks, joined);
  EXPECT_EQ(joined.frames(), 25);
  joined.finish();
  EXPECT_TRUE(bytes_of(in_folder("joined.mp4")) == bytes_of(in_folder("whole.mp4")));
}

TEST_F(Chunk, OtherTicksAreRefused) {
  write_scenes(in_folder("a.nut"), 3, {.size = {64, 64}, .rate = {25, 1}});
  FilmWriter writer(in_folder("b.nut"), {.size = {64, 64}, .rate = {30, 1}});
  const std::vector<std::filesystem::path> chunks{in_folder("a.nut")};
  const Refusal error = refusal([&] { join(chunks, writer); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
  EXPECT_THAT(error.message, testing::HasSubstr("1/30 s"));
}

}  // namespace
}  // namespace atelier::film
