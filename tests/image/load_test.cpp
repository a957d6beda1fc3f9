// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "atelier/image/file.hpp"
#include "image/orientation.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using Load = InFolder;

struct Kept {
  const char* name;
  int bits;
  bool alpha;
};

TEST_F(Load, PngAndTiffGiveBackEveryBit) {
  for (const Kept& kept :
       {Kept{"a.png", 8, false}, Kept{"b.PNG", 8, true}, Kept{"c.png", 16, false},
        Kept{"d.png", 16, true}, Kept{"e.tif", 8, false}, Kept{"f.tiff", 8, true},
        Kept{"g.TIF", 16, false}, Kept{"h.tif", 16, true}}) {
    const Image image = pattern({67, 41}, kept.bits, kept.alpha);
    save(image, in_folder(kept.name));
    const FileInfo info = probe(in_folder(kept.name));
    EXPECT_EQ(info.size, (Size{67, 41}));
    EXPECT_EQ(info.bits, kept.bits) << kept.name;
    EXPECT_EQ(info.alpha, kept.alpha) << kept.name;
    EXPECT_EQ(info.pages, 1);
    const Image again = load(in_folder(kept.name));
    EXPECT_EQ(again.bits, kept.bits);
    const auto whole = [&](float v) { return std::lround(v * (kept.bits == 8 ? 255 : 65535)); };
    const auto equal = [&](float a, float b) { return whole(a) == whole(b); };
    EXPECT_TRUE(
        std::equal(image.rgb.begin(), image.rgb.end(), again.rgb.begin(), again.rgb.end(), equal))
        << kept.name;
    EXPECT_TRUE(std::equal(image.alpha.begin(), image.alpha.end(), again.alpha.begin(),
                           again.alpha.end(), equal))
        << kept.name;
  }
}

TEST_F(Load, JpegAndWebpStayNear) {
  Image image = pattern({64, 48}, 8, false);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    const std::size_t x = i / 3 % 64;
    image.rgb[i] = static_cast<float>((x * 2 + i / 3 / 64 + i % 3 * 40) % 256) / 255;
  }
  for (const char* name : {"a.jpg", "b.jpeg", "c.webp"}) {
    save(image, in_folder(name), {.quality = 95});
    const Image again = load(in_folder(name));
    ASSERT_EQ(again.rgb.size(), image.rgb.size());
    double sum = 0;
    for (std::size_t i = 0; i < image.rgb.size(); ++i) sum += std::abs(image.rgb[i] - again.rgb[i]);
    EXPECT_LT(sum / static_cast<double>(image.rgb.size()), 3.0 / 255) << name;
    EXPECT_EQ(probe(in_folder(name)).bits, 8);
  }
  EXPECT_EQ(probe(in_folder("a.jpg")).format, "jpeg");
  EXPECT_EQ(probe(in_folder("c.webp")).format, "webp");
}

TEST_F(Load, GoesByContentNotBySuffix) {
  save(pattern({20, 20}, 8, false), in_folder("a.png"));
  std::filesystem::rename(in_folder("a.png"), in_folder("a [page=3].jpg"));
  EXPECT_EQ(probe(in_folder("a [page=3].jpg")).format, "png");
  EXPECT_EQ(load(in_folder("a [page=3].jpg")).width, 20);
}

TEST_F(Load, AConstantStaysOneAtEverySize) {
  const auto grey = flat({640, 333}, {51, 102, 204}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  grey.pngsave(in_folder("c.png").c_str());
  grey.tiffsave(in_folder("c.tif").c_str());
  for (const char* name : {"c.png", "c.tif"}) {
    for (const int edge : {0, 31, 100, 320, 639, 1000}) {
      const Image image = load(in_folder(name), {.long_edge = edge, .min_edge = 1});
      EXPECT_EQ(std::max(image.width, image.height), edge ? edge : 640);
      for (std::size_t i = 0; i < image.rgb.size(); i += 3) {
        ASSERT_EQ(image.rgb[i], 51 * (1.0F / 255));
        ASSERT_EQ(image.rgb[i + 1], 102 * (1.0F / 255));
        ASSERT_EQ(image.rgb[i + 2], 204 * (1.0F / 255));
      }
    }
  }
}

TEST_F(Load, StreamingResizesAsResizeDoes) {
  const Image image = pattern({203, 150}, 16, true);
  save(image, in_folder("a.png"));
  const Image streamed = load(in_folder("a.png"), {.long_edge = 61});
  const Image direct = resize(load(in_folder("a.png")), fit_long_edge({203, 150}, 61));
  EXPECT_EQ(streamed.rgb, direct.rgb);
  EXPECT_EQ(streamed.alpha, direct.alpha);
}

TEST_F(Load, JpegMadeSmallerWhileDecodingLooksTheSame) {
  // A slow wave: what the decoder's own shrinking and Lanczos must agree on.
  Image image = pattern({1600, 1200}, 8, false);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    const double x = static_cast<double>(i / 3 % 1600), y = static_cast<double>(i / 3 / 1600);
    image.rgb[i] = static_cast<float>(0.5 + 0.4 * std::sin(x / 90 + static_cast<double>(i % 3)) *
                                                std::cos(y / 110));
  }
  save(image, in_folder("w.jpg"), {.quality = 98});
  const Image full = load(in_folder("w.jpg"));
  for (const int edge : {400, 200, 100, 50}) {
    const Image shrunk = load(in_folder("w.jpg"), {.long_edge = edge});
    const Image direct = resize(full, {shrunk.width, shrunk.height});
    float worst = 0;
    for (std::size_t i = 0; i < direct.rgb.size(); ++i) {
      worst = std::max(worst, std::abs(direct.rgb[i] - shrunk.rgb[i]));
    }
    EXPECT_LT(worst, 3.0F / 255) << edge;
  }
}

class Oriented : public InFolder, public testing::WithParamInterface<int> {};

TEST_P(Oriented, ExifAndTiffTagsAreApplied) {
  const int orientation = GetParam();
  // Four quarters, each of one colour, so that JPEG keeps them.
  Image stored = pattern({64, 32}, 8, false);
  for (std::size_t i = 0; i < stored.pixels(); ++i) {
    const std::size_t quarter = (i % 64 < 32 ? 0 : 1) + (i / 64 < 16 ? 0 : 2);
    for (std::size_t c = 0; c < 3; ++c)
      stored.rgb[i * 3 + c] = static_cast<float>(quarter * 60 + c * 20) / 255;
  }
  save(stored, in_folder("plain.tif"));
  vips::VImage turned = vips::VImage::new_from_file(in_folder("plain.tif").c_str()).copy();
  turned.set("orientation", orientation);
  turned.tiffsave(in_folder("turned.tif").c_str());
  turned.jpegsave(in_folder("turned.jpg").c_str(), vips::VImage::option()->set("Q", 100));
  turned.webpsave(in_folder("turned.webp").c_str(), vips::VImage::option()->set("lossless", true));
  const Image expected = oriented(stored, orientation);
  for (const char* name : {"turned.tif", "turned.jpg", "turned.webp"}) {
    EXPECT_EQ(probe(in_folder(name)).size, (Size{expected.width, expected.height})) << name;
    const Image image = load(in_folder(name));
    ASSERT_EQ(image.width, expected.width) << name;
    ASSERT_EQ(image.height, expected.height) << name;
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
      ASSERT_NEAR(image.rgb[i], expected.rgb[i], 3.0 / 255) << name << " at " << i;
    }
    const Image small = load(in_folder(name), {.long_edge = 32, .min_edge = 1});
    EXPECT_EQ(small.width, expected.width / 2);
    EXPECT_EQ(small.height, expected.height / 2);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Oriented, testing::Range(1, 9));

TEST_F(Load, PaletteInterlacedAndFewBitsAreRead) {
  const auto flag = flat({40, 30}, {255, 0, 51}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  flag.pngsave(in_folder("palette.png").c_str(), vips::VImage::option()->set("palette", true));
  flag.pngsave(in_folder("interlaced.png").c_str(), vips::VImage::option()->set("interlace", true));
  for (const char* name : {"palette.png", "interlaced.png"}) {
    const Image image = load(in_folder(name));
    EXPECT_EQ(image.rgb[0], 1.0F) << name;
    EXPECT_EQ(image.rgb[1], 0.0F) << name;
    EXPECT_NEAR(image.rgb[2], 0.2F, 1e-6) << name;
  }
  const auto white = flat({40, 30}, {255}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W);
  white.pngsave(in_folder("one.png").c_str(), vips::VImage::option()->set("bitdepth", 1));
  white.tiffsave(in_folder("one.tif").c_str(), vips::VImage::option()->set("bitdepth", 1));
  for (const char* name : {"one.png", "one.tif"}) {
    const Image image = load(in_folder(name));
    EXPECT_EQ(image.bits, 8);
    EXPECT_TRUE(std::all_of(image.rgb.begin(), image.rgb.end(), [](float v) { return v == 1.0F; }))
        << name;
  }
}

TEST_F(Load, ProgressiveJpegIsRead) {
  flat({100, 80}, {128, 128, 128}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB)
      .jpegsave(in_folder("p.jpg").c_str(), vips::VImage::option()->set("interlace", true));
  EXPECT_NEAR(load(in_folder("p.jpg")).rgb[0], 128.0 / 255, 1e-6);
}

TEST_F(Load, TakesTheFirstPageOfATiff) {
  vips::VImage pages =
      flat({20, 30}, {255, 0, 0}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB)
          .join(flat({20, 30}, {0, 255, 0}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB),
                VIPS_DIRECTION_VERTICAL)
          .copy();
  pages.set("page-height", 30);
  pages.tiffsave(in_folder("pages.tif").c_str(), vips::VImage::option()->set("page_height", 30));
  EXPECT_EQ(probe(in_folder("pages.tif")).pages, 2);
  const Image image = load(in_folder("pages.tif"));
  EXPECT_EQ(image.height, 30);
  EXPECT_EQ(image.rgb[0], 1.0F);
  EXPECT_EQ(image.rgb[1], 0.0F);
}

TEST_F(Load, TiledAndBigTiffAreRead) {
  const Image image = pattern({300, 200}, 8, false);
  save(image, in_folder("a.png"));
  const auto picture = vips::VImage::new_from_file(in_folder("a.png").c_str());
  picture.tiffsave(in_folder("tiled.tif").c_str(), vips::VImage::option()->set("tile", true));
  picture.tiffsave(in_folder("big.tif").c_str(), vips::VImage::option()->set("bigtiff", true));
  picture.tiffsave(in_folder("pyramid.tif").c_str(),
                   vips::VImage::option()->set("tile", true)->set("pyramid", true));
  const Image expected = load(in_folder("a.png"));
  for (const char* name : {"tiled.tif", "big.tif", "pyramid.tif"}) {
    EXPECT_EQ(load(in_folder(name)).rgb, expected.rgb) << name;
  }
}

TEST_F(Load, FromManyThreadsAtOnce) {
  const Image image = pattern({200, 100}, 8, false);
  save(image, in_folder("a.png"));
  const Image expected = load(in_folder("a.png"), {.long_edge = 90});
  std::vector<std::thread> threads;
  std::vector<int> good(8, 0);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back(
        [&, i] { good[i] = load(in_folder("a.png"), {.long_edge = 90}).rgb == expected.rgb; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(good.begin(), good.end(), 1), 8);
}

TEST_F(Load, SeesAFileThatChanged) {
  save(pattern({20, 20}, 8, false), in_folder("a.png"));
  EXPECT_EQ(load(in_folder("a.png")).width, 20);
  save(pattern({30, 20}, 8, false), in_folder("a.png"));
  EXPECT_EQ(load(in_folder("a.png")).width, 30);
}

}  // namespace
}  // namespace atelier::image
