// SPDX-License-Identifier: Apache-2.0
// Whole runs with masks, mixtures and textures.
#include <gtest/gtest.h>

#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/style/regions.hpp"
#include "atelier/style/score.hpp"
#include "atelier/style/stylize.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

StylizeOptions quick() {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.iterations = 8;
  options.first_iterations = 12;
  options.min_size = 24;
  options.device = "cpu";
  return options;
}

/// 1 up to column `end` of 48, then 0, over a few soft pixels.
image::Mask up_to(int end, bool inverse = false) {
  image::Mask mask{48, 36, {}};
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const double value = std::clamp(0.5 + (end - x) / 6.0, 0.0, 1.0);
      mask.values.push_back(static_cast<float>(inverse ? 1 - value : value));
    }
  }
  return mask;
}

StylizePictures pictures() {
  return {waves(48, 36, 1), {waves(40, 40, 2), waves(40, 40, 6)}, {}};
}

double mean_difference(const image::Image& a, const image::Image& b, int from, int to) {
  double sum = 0;
  for (int y = 0; y < a.height; ++y) {
    for (int i = 3 * from; i < 3 * to; ++i) {
      const auto place = static_cast<std::size_t>(y * 3 * a.width + i);
      sum += std::abs(a.rgb[place] - b.rgb[place]);
    }
  }
  return sum / (a.height * 3.0 * (to - from));
}

TEST(StylizeMasks, LowerTheLossWithEveryOptimizerAndEngine) {
  for (const char* optimizer : {"lbfgs", "adam"}) {
    for (const char* engine : {"winograd", "torch"}) {
      SCOPED_TRACE(std::string(optimizer) + " " + engine);
      StylizeOptions options = quick();
      options.optimizer = optimizer;
      options.engine = engine;
      StylizePictures made_of = pictures();
      made_of.masks.styles = {up_to(24), up_to(24, true)};
      made_of.masks.protect = up_to(10);
      std::vector<double> totals;
      const auto result =
          stylize(small_net(), std::move(made_of), options,
                  [&](const Step& step, const auto&) { totals.push_back(step.losses.total); });
      EXPECT_LT(result.losses.total, 0.85 * totals.front());
    }
  }
}

/// Exact up to the dither: where no style reaches, the photograph's own pixels stay, whatever the
/// start.
TEST(StylizeMasks, WhereNoStyleReachesThePhotographStays) {
  for (const char* init : {"content", "noise"}) {
    StylizeOptions options = quick();
    options.init = init;
    StylizePictures made_of = pictures();
    const image::Image content = made_of.content;
    made_of.styles.pop_back();
    made_of.masks.styles = {up_to(20)};
    image::Image preview;
    const auto result = stylize(small_net(), std::move(made_of), options,
                                [&](const Step& step, const std::function<image::Image()>& show) {
                                  if (step.scale == 48) preview = show();
                                });
    EXPECT_EQ(mean_difference(result.image, content, 26, 48), 0) << init;
    EXPECT_EQ(mean_difference(preview, content, 26, 48), 0) << init;
    EXPECT_GT(mean_difference(result.image, content, 0, 16), 0.02) << init;
  }
}

TEST(StylizeMasks, ProtectionKeepsMoreOfThePhotograph) {
  const auto distance = [](double strength) {
    StylizeOptions options = quick();
    options.protect = {"mask.png"};
    options.protect_strength = strength;
    StylizePictures made_of = pictures();
    const image::Image content = made_of.content;
    made_of.masks.protect = up_to(24);
    const auto result = stylize(small_net(), std::move(made_of), options);
    return mean_difference(result.image, content, 0, 20);
  };
  const double none = distance(0), half = distance(0.5), all = distance(1);
  EXPECT_LT(half, none);
  EXPECT_LT(all, 0.6 * none);
}

TEST(StylizeMasks, OfAnotherSizeAreRefused) {
  StylizePictures made_of = pictures();
  made_of.masks.styles = {up_to(24)};
  EXPECT_THROW(static_cast<void>(stylize(small_net(), made_of, quick())), Error);
  made_of.masks.styles = {up_to(24), {}};
  made_of.masks.styles[0]->width = 47;
  EXPECT_THROW(static_cast<void>(stylize(small_net(), made_of, quick())), Error);
  made_of.masks = {};
  made_of.masks.content = image::Mask{3, 3, std::vector<float>(9)};
  EXPECT_THROW(static_cast<void>(stylize(small_net(), made_of, quick())), Error);
}

TEST(StylizeMasks, ContradictionsAreRefusedInWords) {
  const auto refused = [](auto change, const std::string& word, std::size_t styles = 2) {
    StylizeOptions options = quick();
    change(options);
    try {
      check_options(options, styles);
      ADD_FAILURE() << word;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  };
  refused([](auto& o) { o.style_mask = {"a.png"}; }, "--style-mask has 1 masks for 2 styles");
  refused([](auto& o) { o.style_mask = {"-", "-"}; }, "--style-mask gives no style");
  refused([](auto& o) { o.style_mask = {"a", "-"}, o.style_map = "m"; }, "--style-map both");
  refused([](auto& o) { o.style_map_colors = {"red", "blue"}; }, "has no map");
  refused([](auto& o) { o.style_map = "m", o.style_map_colors = {"red"}; }, "has 1 colours");
  refused([](auto& o) { o.style_map = "m", o.style_map_colors = {"red", "#f00"}; }, "two styles");
  refused([](auto& o) { o.style_map = "m", o.style_map_colors = {"red", "rod"}; }, "no colour");
  refused([](auto& o) { o.style_map = "m"; }, "--style-map-colors", 7);
  refused([](auto& o) { o.style_mask = {"a", "b"}, o.blend = {1, 2}; }, "--blend is for styles");
  refused([](auto& o) { o.style_mask = {"a", "-"}, o.blend = {1, 0}; }, "--blend gives no weight");
  refused([](auto& o) { o.style_mask = {"a", "-"}, o.style_weight = 0; }, "--style-weight is 0");
  refused([](auto& o) { o.protect = {"a"}, o.style_weight = 0; }, "--style-weight is 0");
  refused([](auto& o) { o.content_mask = "a", o.content_weight = 0; }, "--content-weight is 0");
  refused([](auto& o) { o.protect_strength = 0.5; }, "--protect-strength 0.5");
  refused([](auto& o) { o.texture = "a", o.style_weight = 0; }, "--texture");
  StylizeOptions fine = quick();
  fine.style_mask = {"a", "-"};
  fine.blend = {0, 1};
  EXPECT_NO_THROW(check_options(fine, 2));
  fine.style_mask.clear();
  fine.blend.clear();
  fine.style_map = "m.png";
  EXPECT_NO_THROW(check_options(fine, 2));
  EXPECT_EQ(map_colours(fine, 2), (std::vector<std::string>{"red", "lime"}));
}

/// The painting is of another texture then, so the result is another picture; the same again twice.
TEST(Texture, IsTakenOverByTheStyles) {
  const auto paint = [](bool textured) {
    StylizePictures made_of = pictures();
    if (textured) made_of.texture = waves(40, 40, 9);
    return stylize(small_net(), std::move(made_of), quick()).image;
  };
  const image::Image plain = paint(false), with = paint(true);
  EXPECT_GT(mean_difference(plain, with, 0, 48), 0.005);
  EXPECT_EQ(with.rgb, paint(true).rgb);
}

}  // namespace
}  // namespace atelier::style
