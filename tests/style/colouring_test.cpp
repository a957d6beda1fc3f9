// SPDX-License-Identifier: Apache-2.0
#include "style/colour/colouring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "atelier/image/colour_difference.hpp"
#include "atelier/image/palette_map.hpp"
#include "nets/image_tensor.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

StylizeOptions quick(const char* color, double strength = 1) {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.iterations = 3;
  options.first_iterations = 5;
  options.min_size = 24;
  options.device = "cpu";
  options.color = color;
  options.color_strength = strength;
  return options;
}

/// As waves(), of less contrast and chroma, so that there is room for other lightness.
image::Image muted(int width, int height, int seed) {
  image::Image picture = waves(width, height, seed);
  for (float& value : picture.rgb) value = 0.5F + 0.3F * (value - 0.5F);
  return picture;
}

/// A painting of one hue.
image::Image orange(int width, int height) {
  image::Image picture = waves(width, height, 2);
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) {
    picture.rgb[i] = 0.5F + 0.4F * picture.rgb[i];
    picture.rgb[i + 1] = 0.7F * picture.rgb[i];
    picture.rgb[i + 2] = 0.3F * picture.rgb[i];
  }
  return picture;
}

StylizeResult paint(const StylizeOptions& options, const OnStep& on_step = {}) {
  return stylize(small_net(), {muted(48, 36, 1), {orange(40, 40)}, {}}, options, on_step);
}

double lightness_moved(const image::Image& a, const image::Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); i += 3) {
    sum += std::abs(image::oklab_from_srgb({a.rgb[i], a.rgb[i + 1], a.rgb[i + 2]}).L -
                    image::oklab_from_srgb({b.rgb[i], b.rgb[i + 1], b.rgb[i + 2]}).L);
  }
  return sum / static_cast<double>(a.pixels());
}

TEST(Colouring, KeepRepaintsLightnessAlone) {
  const image::Image photograph = muted(48, 36, 1);
  std::vector<double> totals;
  const StylizeResult kept = paint(
      quick("keep"), [&](const Step& step, const auto&) { totals.push_back(step.losses.total); });
  const StylizeResult style = paint(quick("style"));
  EXPECT_LT(image::chroma_error(kept.image, photograph).oklab, 0.1);
  EXPECT_GT(image::chroma_error(style.image, photograph).oklab, 2);
  EXPECT_GT(lightness_moved(kept.image, photograph), 0.01);
  EXPECT_LT(kept.losses.total, 0.8 * totals.front());
}

TEST(Colouring, PreviewsShowTheJoinedColours) {
  const image::Image photograph = muted(48, 36, 1);
  paint(quick("keep"), [&](const Step&, const std::function<image::Image()>& picture) {
    const image::Image preview = picture();
    const at::Tensor same_size =
        nets::resize(nets::to_tensor(photograph), {preview.width, preview.height});
    EXPECT_LT(image::chroma_error(preview, nets::to_image(same_size)).oklab, 0.1);
  });
}

TEST(Colouring, OptimisersStartsAndSeveralStylesStayGreyInside) {
  const image::Image photograph = muted(48, 36, 1);
  for (const auto& [optimizer, init] : {std::pair{"adam", "content"},
                                        {"lbfgs", "noise"},
                                        {"lbfgs", "style-stats"},
                                        {"lbfgs", "file"}}) {
    SCOPED_TRACE(std::string(optimizer) + " " + init);
    StylizeOptions options = quick("keep");
    options.optimizer = optimizer;
    options.init = init;
    options.blend = {2, 1};
    StylizePictures pictures{photograph, {orange(40, 40), waves(32, 40, 4)}, {}};
    if (options.init == "file") pictures.init = waves(48, 36, 5);
    const StylizeResult result = stylize(small_net(), std::move(pictures), options);
    EXPECT_LT(image::chroma_error(result.image, photograph).oklab, 2);
  }
}

TEST(Colouring, TilesAreTheWhole) {
  StylizeOptions options = quick("keep");
  options.engine = "winograd";  // others round more
  options.iterations = options.first_iterations = 2;
  options.min_size = 160;
  const auto painted = [&](int tile) {
    options.tile = tile;
    return stylize(small_net(), {muted(160, 120, 1), {orange(40, 40)}, {}}, options).image;
  };
  const image::Image whole = painted(tile_off), tiled = painted(64);
  double worst = 0;
  for (std::size_t i = 0; i < whole.rgb.size(); ++i)
    worst = std::max(worst, static_cast<double>(std::abs(whole.rgb[i] - tiled.rgb[i])));
  EXPECT_LT(worst, 1e-3);
}

TEST(Colouring, AlphaAndBitsPassThrough) {
  image::Image photograph = muted(32, 32, 1);
  photograph.bits = 16;
  for (std::size_t i = 0; i < photograph.pixels(); ++i)
    photograph.alpha.push_back(static_cast<float>(i % 7) / 7);
  for (const char* color : {"style", "keep", "match"}) {
    const auto result =
        stylize(small_net(), {photograph, {orange(32, 32)}, {}}, quick(color)).image;
    EXPECT_EQ(result.alpha, photograph.alpha);
    EXPECT_EQ(result.bits, 16);
  }
}

TEST(Colouring, StrengthsMeetWhereTheyMeanTheSame) {
  const auto painted = [](const char* color, double strength) {
    return paint(quick(color, strength)).image.rgb;
  };
  const auto style = painted("style", 1);
  EXPECT_EQ(style, painted("keep", 0));
  EXPECT_EQ(style, painted("match", 0));
  EXPECT_EQ(painted("keep", 1), painted("style", 0));
  EXPECT_EQ(painted("keep", 0.3), painted("style", 0.7));
  EXPECT_NE(style, painted("match", 1));
}

TEST(Colouring, HalfOfKeepLiesBetween) {
  const image::Image photograph = muted(48, 36, 1);
  double last = 1e9;
  for (const double strength : {0.0, 0.5, 1.0}) {
    const double error =
        image::chroma_error(paint(quick("keep", strength)).image, photograph).oklab;
    EXPECT_LT(error, last);
    last = error;
  }
}

/// Colours in every direction, about another one by `seed`.
image::Image grains(int width, int height, std::uint64_t seed, float contrast) {
  RandomStream random(seed, "grains");
  image::Image picture = waves(width, height, 1);
  for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
    const float about = 0.5F + 0.05F * static_cast<float>((i + seed) % 3);
    picture.rgb[i] = about + contrast * (static_cast<float>(random.uniform()) - 0.5F) / 2;
  }
  return picture;
}

image::ColourMoments moments_of(const image::Image& picture) {
  image::ColourSums sums;
  sums.add(picture.rgb);
  return sums.moments();
}

TEST(Colouring, MatchBringsPalettesToThePhotographs) {
  for (const char* method : {"covariance", "transport"}) {
    SCOPED_TRACE(method);
    StylizeOptions options = quick("match");
    options.color_method = method;
    StylizePictures pictures{
        grains(100, 75, 1, 0.6F), {grains(90, 80, 2, 0.3F), grains(70, 70, 3, 0.8F)}, {}};
    const image::ColourMoments wanted = moments_of(pictures.content);
    const std::vector<float> photograph = pictures.content.rgb;
    const Colouring colouring(options, pictures);
    EXPECT_EQ(pictures.content.rgb, photograph);
    const bool exact = options.color_method == "covariance";
    for (const image::Image& style : pictures.styles) {
      const image::ColourMoments fitted = moments_of(style);
      for (int i = 0; i < 3; ++i) EXPECT_NEAR(fitted.mean[i], wanted.mean[i], 0.01) << i;
      for (int i = 0; i < 9; ++i) {
        EXPECT_NEAR(fitted.covariance[i], wanted.covariance[i], exact ? 2e-4 : 1e-3) << i;
      }
    }
  }
}

/// Strips, which threads share, against one plain loop.
TEST(Colouring, StripsAreThePlainLoop) {
  StylizePictures pictures{waves(333, 211, 1), {waves(32, 32, 2)}, {}};
  const image::Image photograph = pictures.content;
  const Colouring colouring(quick("keep", 0.8), pictures);
  std::vector<float> faded = photograph.rgb;
  image::fade_chroma(faded, 1 - 0.8);
  EXPECT_EQ(pictures.content.rgb, faded);
  const image::Image painted = muted(333, 211, 3);
  std::vector<float> joined = painted.rgb;
  image::add_chroma(joined, photograph.rgb, 0.8);
  EXPECT_EQ(colouring.finished(nets::to_tensor(painted)).rgb, joined);
}

TEST(Colouring, ConstrainsToGreyOnlyAtFullStrength) {
  for (const double strength : {1.0, 0.9}) {
    StylizePictures pictures{waves(32, 32, 1), {waves(32, 32, 2)}, {}};
    const Colouring colouring(quick("keep", strength), pictures);
    const at::Tensor gradient = nets::to_tensor(waves(40, 30, 3)), before = gradient.clone();
    colouring.constrain(gradient);
    const at::Tensor expected =
        strength == 1 ? before.mean(1, true).expand_as(before).contiguous() : before;
    EXPECT_LE((gradient - expected).abs().max().item<float>(), strength == 1 ? 1e-6F : 0);
  }
}

TEST(Colouring, TheRoomOfThePhotographIsCounted) {
  const image::Size size{3000, 2000};
  const Room style = estimated_room(quick("style"), size),
             keep = estimated_room(quick("keep"), size);
  EXPECT_EQ(keep.disk - style.disk, 3.0 * sizeof(float) * 3000 * 2000);
  EXPECT_EQ(keep.memory, style.memory);
}

}  // namespace
}  // namespace atelier::style
