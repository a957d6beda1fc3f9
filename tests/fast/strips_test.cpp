// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/strips.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "untrained_painter.hpp"

namespace atelier::fast {
namespace {

namespace fs = std::filesystem;

class StripsOfPictures : public testing::Test {
 protected:
  /// Painted from disk to disk.
  image::Image streamed(const fs::path& photo, const fs::path& to,
                        const style::StylizeOptions& options,
                        const std::vector<image::Image>& styles) const {
    const image::LoadOptions load{.long_edge = options.size};
    image::RowReader first(photo, load);
    const Look look = look_of(painter_, read_whole(first), styles, options);
    image::RowReader from(photo, load);
    image::RowWriter writer(to, from.size(), from.alpha(), from.bits());
    int told = 0;
    paint_strips(look, options, from, writer, [&](int done) { EXPECT_EQ(done, ++told); });
    EXPECT_EQ(told, strips_for(options, from.size(), look.halo()).count(from.size()));
    writer.finish();
    return image::load(to);
  }

  /// Loaded, painted and saved whole.
  image::Image whole(const fs::path& photo, const fs::path& to, style::StylizeOptions options,
                     const std::vector<image::Image>& styles) const {
    options.tile = style::tile_off;
    style::StylizePictures pictures;
    pictures.content = image::load(photo, {.long_edge = options.size});
    pictures.styles = styles;
    image::save(stylize(painter_, std::move(pictures), options), to);
    return image::load(to);
  }

  /// Both within a grey level, of the same size, bits and alpha.
  void expect_alike(const fs::path& photo, const char* to, const style::StylizeOptions& options,
                    const std::vector<image::Image>& styles) const {
    const image::Image a = streamed(photo, folder_.path() / to, options, styles);
    const image::Image b =
        whole(photo, folder_.path() / (std::string("whole_") + to), options, styles);
    ASSERT_EQ(a.width, b.width);
    ASSERT_EQ(a.height, b.height);
    EXPECT_EQ(a.bits, b.bits);
    EXPECT_EQ(a.alpha, b.alpha);
    float far = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i)
      far = std::max(far, std::abs(a.rgb[i] - b.rgb[i]));
    EXPECT_LE(far, 1.0F / 255 + 1e-6F) << photo;
  }

  static style::StylizeOptions fast_options(int tile, int size = 0) {
    style::StylizeOptions options;
    options.method = "fast";
    options.tile = tile;
    options.size = size;
    return options;
  }

  TemporaryFolder folder_;
  Painter painter_{untrained_model(folder_.path(), "modulated"), small_vgg()};
  image::Image one_ = waves(48, 40, 5), other_ = waves(40, 48, 9);
};

TEST_F(StripsOfPictures, AreTheWholePicture) {
  image::Image photo = waves(45, 395, 1);
  for (std::size_t i = 0; i < photo.pixels(); ++i)
    photo.alpha.push_back(static_cast<float>(i % 256) / 255);
  photo.bits = 16;
  const fs::path file = folder_.path() / "photo.tif";
  image::save(photo, file);
  expect_alike(file, "a.tif", fast_options(128), {one_});
  photo.bits = 8;
  photo.alpha.clear();
  image::save(photo, file);
  style::StylizeOptions options = fast_options(192);
  options.strength = 0.6;
  options.blend = {2, 1};
  options.color = "keep";
  options.color_strength = 0.5;
  expect_alike(file, "b.png", options, {one_, other_});
}

TEST_F(StripsOfPictures, OfLargePicturesAgreeToo) {
  const fs::path file = folder_.path() / "photo.png";
  image::save(waves(norm_edge + 231, 51, 1), file);
  style::StylizeOptions options = fast_options(400);
  options.color = "match";
  expect_alike(file, "a.png", options, {one_});
  expect_alike(file, "b.png", fast_options(256, norm_edge + 32), {one_});
}

TEST_F(StripsOfPictures, StopBetweenTiles) {
  const fs::path file = folder_.path() / "photo.png";
  image::save(waves(64, 300, 1), file);
  const style::StylizeOptions options = fast_options(64);
  image::RowReader first(file);
  const Look look = look_of(painter_, read_whole(first), {one_}, options);
  std::stop_source stop;
  image::RowReader from(file);
  try {
    image::RowWriter to(folder_.path() / "out.png", from.size(), false, 8);
    paint_strips(
        look, options, from, to, [&](int) { stop.request_stop(); }, stop.get_token());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
  EXPECT_FALSE(fs::exists(folder_.path() / "out.png"));
  image::RowReader again(file);
  EXPECT_THROW(static_cast<void>(read_whole(again, stop.get_token())), Error);
}

TEST_F(StripsOfPictures, TakeNoMoreMemoryForTallerPictures) {
  const style::StylizeOptions options = fast_options(style::tile_auto);
  EXPECT_EQ(strips_memory(options, {16384, 16384}, false),
            strips_memory(options, {16384, 1 << 20}, false));
  EXPECT_LT(strips_memory(options, {16384, 16384}, true), 3e9);
  EXPECT_GT(estimated_memory(fast_options(style::tile_off), {16384, 16384}), 1e11);
  const int halo = painter_.look(waves(16, 16, 1), {{painter_.study(one_), 1}}).halo();
  for (const int width : {2000, 16384, 65536}) {
    const Strips strips = strips_for(options, {width, width}, halo);
    EXPECT_EQ(strips.rows % grid_edge, 0);
    EXPECT_EQ(strips.columns % grid_edge, 0);
    EXPECT_GE(strips.rows, 128);
  }
  const Strips asked = strips_for(fast_options(500), {2000, 2000}, halo);
  EXPECT_EQ(asked.rows, 504);
  EXPECT_EQ(asked.columns, 504);
}

TEST(StyleEdge, StaysWhatANetworkCanPaint) {
  style::StylizeOptions options;
  EXPECT_EQ(style_edge(options, {600, 400}), 600);
  EXPECT_EQ(style_edge(options, {400, 16384}), studied_edge);
  options.style_scale = 0.5;
  EXPECT_EQ(style_edge(options, {400, 16384}), studied_edge / 2);
  options.style_scale = 10;
  EXPECT_EQ(style_edge(options, {16384, 16384}), 2 * studied_edge);
  options.style_scale = 0.1;
  EXPECT_EQ(style_edge(options, {100, 100}), 16);
}

TEST(WholeSize, IsThatOfTheNorms) {
  EXPECT_EQ(whole_size({700, 20}), (image::Size{700, 20}));
  EXPECT_EQ(whole_size({1536, 512}), (image::Size{768, 256}));
  EXPECT_EQ(whole_size({16384, 64}), (image::Size{768, 16}));
}

}  // namespace
}  // namespace atelier::fast
