// SPDX-License-Identifier: Apache-2.0
// Colours known by arithmetic: from Y'CbCr by hand in Y4M, and through every encoder and back.
#include <cmath>

#include "film/colour.hpp"
#include "films.hpp"

namespace atelier::film {
namespace {

using Colour = InFolder;

/// A plane of one value.
std::string plane(int samples, int value) {
  return std::string(static_cast<std::size_t>(samples), static_cast<char>(value));
}

struct Known {
  const char* words;
  image::Size size;
  int y, cb, cr;
  double r, g, b;  ///< in 8-bit levels
};

TEST_F(Colour, YCbCrBecomesRgbByMatrixAndRange) {
  const std::vector<Known> all{
      // BT.601, limited: black, white, grey, pure red and blue, as the standard's matrix gives
      // them.
      {"F25:1 C444", {32, 24}, 16, 128, 128, 0, 0, 0},
      {"F25:1 C444", {32, 24}, 235, 128, 128, 255, 255, 255},
      {"F25:1 C444", {32, 24}, 126, 128, 128, 128.08, 128.08, 128.08},
      {"F25:1 C444", {32, 24}, 81, 90, 240, 254.44, 0, 0},
      {"F25:1 C444", {32, 24}, 41, 240, 110, 0.38, 0, 255},
      // The same in full range: 76, 85, 255 is red to within half a level.
      {"F25:1 C444 XCOLORRANGE=FULL", {32, 24}, 76, 85, 255, 254.05, 0, 0},
      {"F25:1 C444 XCOLORRANGE=FULL", {32, 24}, 255, 128, 128, 255, 255, 255},
      {"F25:1 C444 XCOLORRANGE=FULL", {32, 24}, 0, 128, 128, 0, 0, 0},
      // 577 rows and more are high definition: BT.709, whose red is 63, 102, 240.
      {"F25:1 C444", {16, 577}, 63, 102, 240, 255.3, 0.58, 0},
      // Ten bits: four times the numbers.
      {"F25:1 C444p10 XYSCSS=444P10", {32, 24}, 126, 128, 128, 128.08, 128.08, 128.08},
      {"F25:1 Cmono", {32, 24}, 128, 128, 128, 128, 128, 128},
      {"F25:1 C420jpeg", {31, 23}, 81, 90, 240, 254.44, 0, 0},
      {"F25:1 C422", {31, 23}, 41, 240, 110, 0.38, 0, 255},
  };
  for (const Known& k : all) {
    const bool deep = std::string(k.words).find("p10") != std::string::npos;
    const bool mono = std::string(k.words).find("mono") != std::string::npos;
    const bool half = std::string(k.words).find("C42") != std::string::npos;
    const bool low = std::string(k.words).find("C420") != std::string::npos;
    const int pixels = k.size.width * k.size.height;
    const int chroma =
        half ? (k.size.width + 1) / 2 * (low ? (k.size.height + 1) / 2 : k.size.height) : pixels;
    const auto samples = [&](int count, int value) {
      if (!deep) return plane(count, value);
      std::string text;
      for (int i = 0; i < count; ++i)
        text += {static_cast<char>(4 * value & 0xff), static_cast<char>(4 * value >> 8)};
      return text;
    };
    std::string frame = samples(pixels, k.y);
    if (!mono) frame += samples(chroma, k.cb) + samples(chroma, k.cr);
    write_bytes(in_folder("a.y4m"), y4m(k.size, k.words, {frame, frame}));
    const auto frames = read_all(in_folder("a.y4m"));
    ASSERT_EQ(frames.size(), 2U) << k.words;
    const auto clipped = [](double v) { return std::min(v, 255.0); };
    for (const std::size_t at : {std::size_t{0}, frames[1].picture.pixels() - 1}) {
      const float* rgb = frames[1].picture.rgb.data() + at * 3;
      EXPECT_NEAR(rgb[0] * 255, clipped(k.r), 0.5) << k.words << " " << k.y;
      EXPECT_NEAR(rgb[1] * 255, clipped(k.g), 0.5) << k.words << " " << k.y;
      EXPECT_NEAR(rgb[2] * 255, clipped(k.b), 0.5) << k.words << " " << k.y;
    }
  }
}

TEST_F(Colour, ChromaIsInterpolatedFromWhereItLies) {
  // One step of Cr between two samples. Left-sited samples stand over pixels 0 and 2, centred ones
  // at 0.5 and 2.5.
  const std::string grey = plane(32 * 32, 126);
  std::string cr;
  for (int y = 0; y < 16; ++y) cr += plane(8, 128) + plane(8, 138);
  for (const auto& [words, between] :
       {std::pair{"F25:1 C420mpeg2", 0.5}, std::pair{"F25:1 C420jpeg", 0.25}}) {
    write_bytes(in_folder("a.y4m"), y4m({32, 32}, words, {grey + plane(256, 128) + cr}));
    const auto frames = read_all(in_folder("a.y4m"));
    const auto red = [&](int x) {
      return frames[0].picture.rgb[static_cast<std::size_t>(x) * 3] * 255;
    };
    const double step = red(20) - red(10);
    EXPECT_NEAR(step, 10 * 255 / 224.0 * 1.402, 0.01);
    // Sample 7 (before the step) lies over pixel 14 or 14.5, sample 8 over 16 or 16.5.
    EXPECT_NEAR((red(15) - red(10)) / step, between, 0.01) << words;
  }
}

TEST_F(Colour, OutAndInAgainWithinHalfALevel) {
  // to_ycbcr() and to_image() without an encoder between: what is left is rounding to 8 bits.
  const image::Image ramp = scene(3, {64, 48});
  FramePtr frame = new_frame();
  frame->format = AV_PIX_FMT_YUV444P;
  frame->width = 64;
  frame->height = 48;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_BT709;
  ASSERT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  to_ycbcr(ramp, *frame);
  const Difference d = difference(to_image(*frame, meaning_of(*frame), "a"), ramp);
  EXPECT_LT(d.mean, 0.6);
  EXPECT_LT(d.most, 2.3);  // half a level of Cb is 1.06 levels of blue, and so on
}

TEST_F(Colour, EveryEncoderKeepsKnownColours) {
  const image::Size size{96, 80};
  struct Way {
    const char *suffix, *codec;
    double bound;  ///< levels
  };
  for (const Way& way : {Way{".mp4", "h264", 2}, Way{".mp4", "h265", 2.5}, Way{".mov", "h264", 2},
                         Way{".mkv", "vp9", 2.5}, Way{".webm", "vp9", 2.5}, Way{".webm", "av1", 3},
                         Way{".mkv", "ffv1", 0.01}, Way{".nut", "auto", 0.01},
                         Way{".gif", "auto", 0.01}, Way{".webp", "auto", 7}}) {
    if (!can_write(way.suffix, way.codec)) continue;
    WriteOptions options{.size = size};
    options.encode.codec = way.codec;
    const auto path = in_folder(std::string("a") + way.suffix);
    const std::vector<image::Image> colours{flat(size, 1, 0, 0),
                                            flat(size, 128 / 255.0F, 128 / 255.0F, 128 / 255.0F),
                                            flat(size, 0, 0, 0), flat(size, 1, 1, 1),
                                            flat(size, 32 / 255.0F, 96 / 255.0F, 200 / 255.0F)};
    FilmWriter writer(path, options);
    for (const image::Image& colour : colours) writer.add(colour);
    writer.finish();
    const auto frames = read_all(path);
    ASSERT_EQ(frames.size(), colours.size()) << way.suffix << way.codec;
    for (std::size_t k = 0; k < colours.size(); ++k) {
      EXPECT_LE(difference(frames[k].picture, colours[k]).most, way.bound)
          << way.suffix << " " << way.codec << " frame " << k;
    }
    const FilmInfo info = FilmReader(path).info();
    const bool ycbcr =
        std::string(way.codec) != "ffv1" && way.bound > 0.5 && std::string(way.suffix) != ".webp";
    if (ycbcr) {
      EXPECT_EQ(info.matrix, "bt709") << way.suffix << way.codec;
      EXPECT_EQ(info.range, "limited");
      EXPECT_EQ(info.primaries, "bt709");
      EXPECT_EQ(info.transfer, "bt709");
    }
  }
}

}  // namespace
}  // namespace atelier::film
