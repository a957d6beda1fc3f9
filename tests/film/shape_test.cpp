// SPDX-License-Identifier: Apache-2.0
// Sizes, turns and pixel shapes.
#include "films.hpp"
#include "image/orientation.hpp"

namespace atelier::film {
namespace {

using Shape = InFolder;

/// Puts a display matrix into the head of an MP4's only picture track.
void turn(const std::filesystem::path& path, const std::array<int, 4>& abcd) {
  std::string bytes = bytes_of(path);
  const auto head = bytes.find("tkhd");
  ASSERT_NE(head, std::string::npos);
  const std::array<std::size_t, 4> places{0, 4, 12, 16};
  for (int i = 0; i < 4; ++i) {
    const auto fixed = static_cast<std::uint32_t>(abcd[i] * 65536);
    for (int byte = 0; byte < 4; ++byte) {
      bytes[head + 44 + places[i] + byte] = static_cast<char>(fixed >> (24 - 8 * byte));
    }
  }
  write_bytes(path, bytes);
}

TEST_F(Shape, TurnedAsTheDisplayMatrixSays) {
  if (!can_write(".mp4", "h264")) GTEST_SKIP();
  const image::Size size{80, 48};
  write_scenes(in_folder("plain.mp4"), 2, {.size = size});
  const auto plain = read_all(in_folder("plain.mp4"));
  // a, b, c, d with x' = a x + c y and y' = b x + d y, and EXIF's number for it.
  const std::pair<std::array<int, 4>, int> turns[] = {
      {{1, 0, 0, 1}, 1}, {{-1, 0, 0, 1}, 2}, {{-1, 0, 0, -1}, 3}, {{1, 0, 0, -1}, 4},
      {{0, 1, 1, 0}, 5}, {{0, 1, -1, 0}, 6}, {{0, -1, -1, 0}, 7}, {{0, -1, 1, 0}, 8}};
  for (const auto& [matrix, orientation] : turns) {
    std::filesystem::copy_file(in_folder("plain.mp4"), in_folder("turned.mp4"),
                               std::filesystem::copy_options::overwrite_existing);
    turn(in_folder("turned.mp4"), matrix);
    FilmReader reader(in_folder("turned.mp4"));
    EXPECT_EQ(reader.info().orientation, orientation);
    EXPECT_EQ(reader.info().stored, size);
    const image::Image expected = image::oriented(plain[0].picture, orientation);
    EXPECT_EQ(reader.info().size, (image::Size{expected.width, expected.height}));
    EXPECT_EQ(reader.next()->picture.rgb, expected.rgb) << orientation;
  }
}

TEST_F(Shape, SlantedMatricesAreToldAndNotDone) {
  if (!can_write(".mp4", "h264")) GTEST_SKIP();
  write_scenes(in_folder("a.mp4"), 2, {.size = {80, 48}});
  turn(in_folder("a.mp4"), {1, 1, -1, 1});
  const FilmReader reader(in_folder("a.mp4"));
  EXPECT_EQ(reader.info().orientation, 1);
  ASSERT_EQ(reader.info().notes.size(), 1U);
  EXPECT_THAT(reader.info().notes[0], testing::HasSubstr("slant"));
}

TEST_F(Shape, LongPixelsBecomeSquare) {
  const std::string grey(20 * 10 * 3, '\x80');
  for (const auto& [aspect, size] :
       {std::pair{"A2:1", image::Size{40, 10}}, std::pair{"A1:2", image::Size{20, 20}},
        std::pair{"A1:1", image::Size{20, 10}}, std::pair{"A0:0", image::Size{20, 10}}}) {
    write_bytes(in_folder("a.y4m"), y4m({20, 10}, std::string("F25:1 C444 ") + aspect, {grey}));
    FilmReader reader(in_folder("a.y4m"));
    EXPECT_EQ(reader.info().size, size) << aspect;
    const auto frame = reader.next();
    EXPECT_EQ(frame->picture.width, size.width);
    EXPECT_EQ(frame->picture.height, size.height);
  }
}

TEST_F(Shape, ResizedToALongEdge) {
  write_scenes(in_folder("a.nut"), 2, {.size = {80, 48}});
  FilmReader reader(in_folder("a.nut"), {.long_edge = 40});
  EXPECT_EQ(reader.info().size, (image::Size{40, 24}));
  EXPECT_EQ(reader.info().stored, (image::Size{80, 48}));
  EXPECT_EQ(reader.next()->picture.width, 40);
}

TEST_F(Shape, OddEdges) {
  struct Way {
    const char *suffix, *codec, *chroma;
    image::Size expected;
  };
  const image::Size odd{67, 65}, even{68, 66};
  for (const Way& way : {Way{".mp4", "h264", "420", even}, Way{".mp4", "h264", "444", odd},
                         Way{".mp4", "h265", "420", even}, Way{".webm", "vp9", "420", odd},
                         Way{".webm", "vp9", "444", odd}, Way{".webm", "av1", "420", even},
                         Way{".mkv", "ffv1", "420", odd}, Way{".gif", "auto", "420", odd},
                         Way{".webp", "auto", "420", odd}}) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options{.size = odd};
    options.encode.codec = way.codec;
    options.encode.chroma = way.chroma;
    const auto path = in_folder(std::string("odd") + way.suffix);
    write_scenes(path, 3, options);
    const auto frames = read_all(path);
    ASSERT_EQ(frames.size(), 3U) << way.suffix << way.codec;
    const image::Image& last = frames[2].picture;
    EXPECT_EQ((image::Size{last.width, last.height}), way.expected) << way.suffix << way.codec;
    // The picture lies at the top left; what was added repeats its edge.
    const image::Image wanted = scene(2, odd);
    double error = 0;
    for (int y = 0; y < last.height; ++y) {
      for (int x = 0; x < last.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          const auto from =
              (static_cast<std::size_t>(std::min(y, 64)) * 67 + std::min(x, 66)) * 3 + c;
          error += std::abs(last.rgb[(static_cast<std::size_t>(y) * last.width + x) * 3 + c] -
                            wanted.rgb[from]) *
                   255;
        }
      }
    }
    EXPECT_LT(error / static_cast<double>(last.rgb.size()), 4) << way.suffix << way.codec;
  }
}

}  // namespace
}  // namespace atelier::film
