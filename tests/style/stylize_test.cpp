// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/stylize.hpp"

#include <gtest/gtest.h>

#include "atelier/style/score.hpp"
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

StylizeResult paint(const StylizeOptions& options, const OnStep& on_step = {},
                    std::stop_token stop = {}) {
  return stylize(small_net(), {waves(48, 36, 1), {waves(40, 40, 2)}, {}}, options, on_step,
                 std::move(stop));
}

TEST(Stylize, LowersTheLossWithEveryOptimizerLossAndStart) {
  for (const char* optimizer : {"lbfgs", "adam"}) {
    for (const char* loss : {"wasserstein", "gram"}) {
      for (const char* init : {"content", "noise", "style-stats"}) {
        SCOPED_TRACE(std::string(optimizer) + " " + loss + " " + init);
        StylizeOptions options = quick();
        options.optimizer = optimizer;
        options.loss = loss;
        options.init = init;
        std::vector<double> totals;
        const StylizeResult result = paint(
            options, [&](const Step& step, const auto&) { totals.push_back(step.losses.total); });
        EXPECT_LT(result.losses.total, 0.8 * totals.front());
        EXPECT_EQ(result.image.width, 48);
        EXPECT_EQ(result.image.height, 36);
        EXPECT_EQ(result.stop_reason, StopReason::iterations);
        EXPECT_EQ(static_cast<std::size_t>(result.iterations), totals.size());
      }
    }
  }
}

TEST(Stylize, TheSameSeedPaintsTheSamePictureAndAnotherAnother) {
  StylizeOptions options = quick();
  const auto first = paint(options).image.rgb;
  EXPECT_EQ(first, paint(options).image.rgb);
  options.seed = 1;
  EXPECT_NE(first, paint(options).image.rgb);
}

TEST(Stylize, StepsCountUpAndPreviewsHaveTheScale) {
  int last = 0, planned = 0;
  paint(quick(), [&](const Step& step, const std::function<image::Image()>& picture) {
    EXPECT_EQ(step.iteration, ++last);
    EXPECT_GE(step.remaining, 0);
    EXPECT_EQ(picture().width, step.scale);
    planned = step.iterations;
  });
  EXPECT_EQ(last, planned);
}

TEST(Stylize, StopsWhenAskedAndReturnsWhatItHas) {
  std::stop_source stop;
  const auto result = paint(
      quick(),
      [&](const Step& step, const auto&) {
        if (step.iteration == 3) stop.request_stop();
      },
      stop.get_token());
  EXPECT_EQ(result.stop_reason, StopReason::cancelled);
  EXPECT_EQ(result.iterations, 3);
  EXPECT_EQ(result.image.width, 48);
}

TEST(Stylize, StopsAtTheTimeLimitAndAtTheLoss) {
  StylizeOptions options = quick();
  options.iterations = options.first_iterations = 100000;
  options.time_limit = 0.2;
  EXPECT_EQ(paint(options).stop_reason, StopReason::time_limit);
  options.time_limit = 0;
  options.until_loss = 0.5 * paint(quick()).losses.total + 0.5 * 10;
  const auto result = paint(options);
  EXPECT_EQ(result.stop_reason, StopReason::loss_reached);
  EXPECT_LE(result.losses.total, options.until_loss);
}

TEST(Stylize, AlphaPassesThrough) {
  image::Image content = waves(32, 32, 1);
  for (std::size_t i = 0; i < content.pixels(); ++i)
    content.alpha.push_back(static_cast<float>(i % 7) / 7);
  const auto result = stylize(small_net(), {content, {waves(32, 32, 2)}, {}}, quick());
  EXPECT_EQ(result.image.alpha, content.alpha);
}

TEST(Stylize, StartsFromAPicture) {
  StylizeOptions options = quick();
  options.init = "start.png";
  options.iterations = options.first_iterations = 1;
  options.step_size = 1e-5;
  const image::Image init = waves(48, 36, 5);
  const auto result = stylize(small_net(), {waves(48, 36, 1), {waves(40, 40, 2)}, init}, options);
  double difference = 0;
  for (std::size_t i = 0; i < init.rgb.size(); ++i) {
    difference +=
        std::abs(result.image.rgb[i] - init.rgb[i]) / static_cast<double>(init.rgb.size());
  }
  EXPECT_LT(difference, 0.1);
}

TEST(Stylize, ContradictionsAreRefused) {
  const auto refused = [](auto change, std::size_t styles = 1) {
    StylizeOptions options = quick();
    change(options);
    EXPECT_THROW(check_options(options, styles), Error);
  };
  refused([](auto&) {}, 0);
  refused([](auto& o) { o.blend = {1, 2}; });
  refused([](auto& o) { o.blend = {0, 0}; }, 2);
  refused([](auto& o) { o.content_weight = o.style_weight = 0; });
  refused([](auto& o) { o.style_layers.clear(); });
  EXPECT_THROW(stylize(small_net(), {waves(15, 40, 1), {waves(40, 40, 2)}, {}}, quick()), Error);
  StylizeOptions options = quick();
  options.style_layers = {"relu9_9"};
  EXPECT_THROW(paint(options), Error);
}

TEST(Options, PresetsAreInRangeAndNamed) {
  for (const char* preset : {"draft", "standard", "best"}) {
    const StylizeOptions options = preset_options(preset);
    EXPECT_EQ(options.preset, preset);
    StylizeOptions copy;
    const auto json = stylize_option_table().to_json(options);
    EXPECT_NO_THROW(stylize_option_table().update(copy, json));
    EXPECT_EQ(stylize_option_table().to_json(copy), json);
  }
  EXPECT_THROW(static_cast<void>(preset_options("fastest")), Error);
}

/// Memory is that of a tile and of what is read or written; the rest goes to disk.
TEST(Stylize, TheRoomOfLargePicturesIsOnDisk) {
  StylizeOptions options;
  options.tile = 1376;
  for (const auto& [edge, memory] : {std::pair{512, 1.15e9}, {4096, 3e9}, {8192, 4e9}}) {
    const Room room = estimated_room(options, {edge, edge});
    EXPECT_GT(room.memory, 0.85e9);
    EXPECT_LT(room.memory, memory) << edge;
    EXPECT_EQ(room.disk > 0, edge > 512);
    EXPECT_LT(room.disk, 400.0 * edge * edge);
  }
}

}  // namespace
}  // namespace atelier::style
