// SPDX-License-Identifier: Apache-2.0
// Times, metadata, bytes and files of what is written.
#include <sys/resource.h>

#include <csignal>

#include "films.hpp"

namespace atelier::film {
namespace {

using testing::HasSubstr;
using Write = InFolder;

struct Way {
  const char *suffix, *codec;
};
const std::vector<Way>& ways() {
  static const std::vector<Way> all{
      {".mp4", "h264"}, {".mp4", "h265"}, {".mov", "h264"}, {".mkv", "h264"}, {".mkv", "ffv1"},
      {".webm", "vp9"}, {".webm", "av1"}, {".nut", "auto"}, {".gif", "auto"}, {".webp", "auto"}};
  return all;
}

WriteOptions with_codec(const Way& way, image::Size size) {
  WriteOptions options{.size = size};
  options.encode.codec = way.codec;
  return options;
}

TEST_F(Write, FramesComeBackInOrder) {
  for (const Way& way : ways()) {
    if (!can_write(way.suffix, way.codec)) continue;
    const auto path = in_folder(std::string("a") + way.suffix);
    write_scenes(path, 12, with_codec(way, {96, 64}));
    const auto frames = read_all(path);
    ASSERT_EQ(frames.size(), 12U) << way.suffix << way.codec;
    for (int k = 0; k < 12; ++k) {
      EXPECT_EQ(frames[k].index, k);
      EXPECT_LT(difference(frames[k].picture, scene(k, {96, 64})).mean, 4)
          << way.suffix << way.codec << k;
    }
  }
}

TEST_F(Write, RatesAreKept) {
  for (const Rational rate : {Rational{24000, 1001}, Rational{25, 1}, Rational{60, 1}}) {
    for (const Way& way : ways()) {
      if (!can_write(way.suffix, way.codec) || std::string(way.suffix) == ".gif") continue;
      WriteOptions options = with_codec(way, {64, 64});
      options.rate = rate;
      const auto path = in_folder(std::string("a") + way.suffix);
      write_scenes(path, 10, options);
      FilmReader reader(path);
      const std::string what = std::string(way.suffix) + way.codec + " " + std::to_string(rate.num);
      EXPECT_NEAR(reader.info().rate.value(), rate.value(), rate.value() * 0.01) << what;
      EXPECT_EQ(reader.info().frames, 10) << what;
      EXPECT_NEAR(reader.info().seconds, 10 / rate.value(), 0.02) << what;
      const double tick = reader.info().tick.value();
      for (int k = 0; k < 10; ++k) {
        const auto frame = reader.next();
        ASSERT_TRUE(frame) << what;
        EXPECT_NEAR(static_cast<double>(frame->time.start) * tick, k / rate.value(), 0.00051)
            << what << " frame " << k;
      }
    }
  }
}

TEST_F(Write, ExactRateInContainersThatCan) {
  for (const char* suffix : {".mp4", ".mov", ".nut"}) {
    if (!can_write(suffix, "auto")) continue;
    WriteOptions options{.size = {64, 64}, .rate = {24000, 1001}};
    write_scenes(in_folder(std::string("a") + suffix), 10, options);
    FilmReader reader(in_folder(std::string("a") + suffix));
    EXPECT_EQ(reader.info().rate, (Rational{24000, 1001})) << suffix;
    for (int k = 0; k < 10; ++k) {
      const auto start = reader.next()->time.start;
      EXPECT_EQ(start * reader.info().tick.num * 24000,
                std::int64_t{k} * 1001 * reader.info().tick.den)
          << suffix;
    }
  }
}

TEST_F(Write, VariableTimesAreKept) {
  const std::vector<std::int64_t> times{0, 40, 50, 170, 400, 410, 1000};  // ms
  for (const Way& way : ways()) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options = with_codec(way, {64, 64});
    options.tick = {1, 1000};
    const auto path = in_folder(std::string("a") + way.suffix);
    FilmWriter writer(path, options);
    for (std::size_t k = 0; k < times.size(); ++k) {
      const std::int64_t next = k + 1 < times.size() ? times[k + 1] : 1500;
      writer.add(scene(static_cast<int>(k), {64, 64}), {times[k], next - times[k]});
    }
    writer.finish();
    FilmReader reader(path);
    const double tick = reader.info().tick.value();
    // GIF shows each frame for 20 ms at least, so that the one at 50 comes at 60.
    const double bound = std::string(way.suffix) == ".gif" ? 10.5 : 0.6;
    for (std::size_t k = 0; k < times.size(); ++k) {
      const auto frame = reader.next();
      ASSERT_TRUE(frame) << way.suffix << way.codec;
      EXPECT_NEAR(static_cast<double>(frame->time.start) * tick * 1000,
                  static_cast<double>(times[k]), bound)
          << way.suffix << way.codec << k;
      if (k + 1 == times.size() && std::string(way.suffix) != ".nut") {
        EXPECT_NEAR(static_cast<double>(frame->time.duration) * tick * 1000, 500, 1)
            << way.suffix << way.codec << " last";
      }
    }
    EXPECT_FALSE(reader.next());
  }
}

TEST_F(Write, SameFramesSameBytes) {
  for (const Way& way : ways()) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options = with_codec(way, {128, 96});
    if (std::string(way.suffix) != ".nut") options.recipe = R"({"a":1})";
    for (const char* name : {"a", "b"})
      write_scenes(in_folder(std::string(name) + way.suffix), 20, options);
    const std::string a = bytes_of(in_folder(std::string("a") + way.suffix));
    EXPECT_TRUE(a == bytes_of(in_folder(std::string("b") + way.suffix))) << way.suffix << way.codec;
    EXPECT_GT(a.size(), 200U);
  }
}

TEST_F(Write, RecipesComeBack) {
  const std::string recipe =
      R"({"style":"été 雪","text":")" + std::string(3000, 'x') + R"(","n":[1,2.5,null]})";
  for (const Way& way : ways()) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options = with_codec(way, {64, 64});
    const auto path = in_folder(std::string("a") + way.suffix);
    write_scenes(path, 2, options);
    EXPECT_EQ(read_recipe(path), std::nullopt) << way.suffix;
    if (std::string(way.suffix) == ".nut") continue;
    options.recipe = recipe;
    write_scenes(path, 2, options);
    EXPECT_EQ(read_recipe(path), recipe) << way.suffix << way.codec;
    EXPECT_EQ(read_all(path).size(), 2U) << way.suffix;
    EXPECT_TRUE(is_film(path)) << way.suffix;
  }
  if (!can_write(".mov", "h264")) return;
  WriteOptions longest{.size = {64, 64}};
  longest.recipe = "{\"a\":\"" + std::string(200'000, 'y') + "\"}";
  for (const char* suffix : {".mov", ".mp4", ".mkv", ".gif", ".webp"}) {
    write_scenes(in_folder(std::string("long") + suffix), 2, longest);
    EXPECT_EQ(read_recipe(in_folder(std::string("long") + suffix)), longest.recipe) << suffix;
  }
}

TEST_F(Write, QualityCostsBytes) {
  for (const Way& way : {Way{".mp4", "h264"}, Way{".mp4", "h265"}, Way{".webm", "vp9"},
                         Way{".webm", "av1"}, Way{".webp", "auto"}}) {
    if (!can_write(way.suffix, way.codec)) continue;
    std::vector<std::size_t> sizes;
    for (const int quality : {0, 50, 100}) {
      WriteOptions options = with_codec(way, {128, 96});
      options.encode.quality = quality;
      write_scenes(in_folder(std::string("a") + way.suffix), 8, options);
      sizes.push_back(bytes_of(in_folder(std::string("a") + way.suffix)).size());
    }
    EXPECT_LT(sizes[0], sizes[1]) << way.codec;
    EXPECT_LT(sizes[1], sizes[2]) << way.codec;
  }
}

TEST_F(Write, WholeOrNotAtAll) {
  for (const char* suffix : {".mp4", ".mkv", ".gif", ".webp", ".nut"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    {
      FilmWriter writer(path, {.size = {64, 64}});
      writer.add(scene(0, {64, 64}));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << suffix;
    write_bytes(path, "old");
    {
      FilmWriter writer(path, {.size = {64, 64}});
      writer.add(scene(0, {64, 64}));
    }
    EXPECT_EQ(bytes_of(path), "old");
    std::filesystem::remove(path);
  }
}

/// Files may grow to this many bytes only; writing more fails as on a full disk.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(Write, DisksThatAreFull) {
  for (const char* suffix : {".mp4", ".mkv", ".webm", ".gif", ".webp", ".nut"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    const Refusal error = refusal([&] {
      const SmallFiles small(3000);
      WriteOptions options{.size = {256, 192}};
      options.encode.quality = 100;
      write_scenes(path, 30, options);
    });
    EXPECT_EQ(error.kind, ErrorKind::io) << suffix << error.message;
    EXPECT_THAT(error.message, HasSubstr("cannot be written")) << suffix;
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << suffix;
  }
}

TEST_F(Write, CoverageIsKeptOrLaidOnWhite) {
  image::Image half = flat({64, 64}, 1, 0, 0);
  half.alpha.assign(half.pixels(), 1);
  std::fill_n(half.alpha.begin(), half.pixels() / 2, 0.0F);
  for (const Way& way :
       {Way{".gif", "auto"}, Way{".webp", "auto"}, Way{".mkv", "ffv1"}, Way{".nut", "auto"}}) {
    if (!can_write(way.suffix, way.codec)) continue;
    for (const bool alpha : {false, true}) {
      WriteOptions options = with_codec(way, {64, 64});
      options.alpha = alpha;
      const auto path = in_folder(std::string("a") + way.suffix);
      FilmWriter writer(path, options);
      writer.add(half);
      image::Image other = half;  // equal frames would become one
      other.rgb[other.rgb.size() - 1] = 1;
      writer.add(other);
      writer.finish();
      const auto frames = read_all(path);
      ASSERT_GE(frames.size(), 1U) << way.suffix;
      const image::Image& read = frames[0].picture;
      if (alpha) {
        ASSERT_FALSE(read.alpha.empty()) << way.suffix;
        EXPECT_EQ(read.alpha.front(), 0) << way.suffix;
        EXPECT_EQ(read.alpha.back(), 1) << way.suffix;
      } else {
        EXPECT_NEAR(read.rgb[1], 1, 0.02) << way.suffix;
        EXPECT_TRUE(read.alpha.empty() || read.alpha.front() == 1) << way.suffix;
      }
      EXPECT_NEAR(read.rgb[read.rgb.size() - 2], 0, 0.02) << way.suffix;
    }
  }
}

TEST_F(Write, OptionsStandInATable) {
  EncodeOptions options;
  encode_options().update(options,
                          {{"film_codec", "vp9"}, {"film_quality", 50}, {"film_chroma", "444"}});
  EXPECT_EQ(options.codec, "vp9");
  EXPECT_EQ(options.quality, 50);
  EXPECT_EQ(options.chroma, "444");
}

}  // namespace
}  // namespace atelier::film
