// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/painter.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "furthest.hpp"
#include "untrained_painter.hpp"

namespace atelier::fast {
namespace {

class Painters : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Painter painter_{untrained_model(folder_.path(), "modulated"), small_vgg()};
  Style one_ = painter_.study(waves(64, 64, 5)), other_ = painter_.study(waves(64, 48, 9));
};

TEST_F(Painters, PaintAnySize) {
  for (const auto& [width, height] : {std::pair{16, 16}, {17, 39}, {64, 40}}) {
    image::Image photo = waves(width, height, 1);
    photo.alpha.assign(photo.pixels(), 0.25F);
    const image::Image painted = painter_.paint(photo, {{one_, 1}});
    EXPECT_EQ(painted.width, width);
    EXPECT_EQ(painted.height, height);
    EXPECT_EQ(painted.alpha, photo.alpha);
    const auto [low, high] = std::minmax_element(painted.rgb.begin(), painted.rgb.end());
    EXPECT_GE(*low, 0);
    EXPECT_LE(*high, 1);
    EXPECT_GT(furthest(painted, photo), 0.05);
  }
}

TEST_F(Painters, TilesGiveTheWholePicture) {
  const image::Image photo = waves(300, 140, 1);
  const image::Image whole = painter_.paint(photo, {{one_, 1}}, {.tile = 0});
  for (const int tile : {136, 200}) {
    const image::Image tiled = painter_.paint(photo, {{one_, 1}}, {.tile = tile});
    EXPECT_LT(furthest(whole, tiled), 1.0 / 255) << tile;
  }
}

TEST_F(Painters, TilesOfLargePicturesAgreeToo) {
  const image::Image photo = waves(norm_edge + 24, 96, 1);
  const image::Image whole = painter_.paint(photo, {{one_, 1}}, {.tile = 0});
  const image::Image tiled = painter_.paint(photo, {{one_, 1}}, {.tile = 400});
  EXPECT_LT(furthest(whole, tiled), 1.0 / 255);
}

TEST_F(Painters, OneLookPaintsManyFramesAlike) {
  const image::Image photo = waves(48, 48, 1);
  const Look look = painter_.look(photo, {{one_, 1}});
  EXPECT_EQ(look.paint(photo).rgb, painter_.paint(photo, {{one_, 1}}).rgb);
  EXPECT_EQ(look.paint(waves(64, 32, 2)).width, 64);
}

TEST_F(Painters, BlendsLieBetween) {
  const image::Image photo = waves(48, 48, 1);
  const image::Image first = painter_.paint(photo, {{one_, 2}});
  const image::Image second = painter_.paint(photo, {{other_, 1}});
  EXPECT_EQ(painter_.paint(photo, {{one_, 3}, {other_, 0}}).rgb, first.rgb);
  const image::Image blend = painter_.paint(photo, {{one_, 1}, {other_, 1}});
  EXPECT_LT(furthest(blend, first), furthest(second, first) + 0.05);
  EXPECT_GT(furthest(blend, first), 1e-3);
}

TEST_F(Painters, StrengthOneIsTheStyleAlone) {
  const image::Image photo = waves(48, 48, 1);
  const image::Image full = painter_.paint(photo, {{one_, 1}});
  EXPECT_EQ(painter_.paint(photo, {{one_, 1}}, {.strength = 1}).rgb, full.rgb);
  EXPECT_GT(furthest(painter_.paint(photo, {{one_, 1}}, {.strength = 0.5}), full), 1e-3);
}

TEST_F(Painters, RefuseWhatIsOutOfRange) {
  const image::Image photo = waves(48, 48, 1);
  EXPECT_THROW(static_cast<void>(painter_.paint(waves(15, 40, 1), {{one_, 1}})), Error);
  EXPECT_THROW(static_cast<void>(painter_.paint(photo, {})), Error);
  EXPECT_THROW(static_cast<void>(painter_.paint(photo, {{one_, -1}})), Error);
  EXPECT_THROW(static_cast<void>(painter_.paint(photo, {{one_, 1}}, {.strength = 1.5})), Error);
  EXPECT_THROW(static_cast<void>(painter_.paint(photo, {{one_, 1}}, {.tile = 100})), Error);
  EXPECT_THROW(static_cast<void>(painter_.study(waves(15, 40, 1))), Error);
}

TEST_F(Painters, PlainFormPaintsToo) {
  const Painter plain(untrained_model(folder_.path(), "plain"), small_vgg());
  const Style style = plain.study(waves(64, 64, 5));
  EXPECT_EQ(plain.paint(waves(40, 32, 1), {{style, 1}}).width, 40);
}

}  // namespace
}  // namespace atelier::fast
