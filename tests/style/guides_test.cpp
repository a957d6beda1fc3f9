// SPDX-License-Identifier: Apache-2.0
#include "style/guides.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "nets/image_tensor.hpp"
#include "nets/receptive_field.hpp"
#include "small_net.hpp"
#include "style/losses/losses.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

StylizeOptions small_options(const std::string& loss) {
  StylizeOptions options;
  options.loss = loss;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1", "relu3_1"};
  return options;
}

at::Tensor picture(int width, int height, int seed, at::ScalarType type = at::kFloat) {
  return nets::to_tensor(waves(width, height, seed)).to(type);
}

/// From 1 at the left to 0 at the right, steepest in the middle.
at::Tensor from_the_left(int width, int height, double steepness = 0.5) {
  const at::Tensor x = at::arange(width, at::kDouble) - 0.5 * (width - 1);
  return at::sigmoid(-steepness * x).to(at::kFloat).expand({1, 1, height, width}).contiguous();
}

at::Tensor blob(int width, int height) {
  at::Tensor mask = at::zeros({1, 1, height, width});
  mask.narrow(2, height / 4, height / 2).narrow(3, width / 3, width / 2).fill_(0.75F);
  return mask;
}

SceneMasks halves(int width, int height) {
  const at::Tensor left = from_the_left(width, height);
  return {{left, 1 - left}, {}, {}};
}

/// Every kind of mask at once: overlap, a style without, content, protection.
SceneMasks everything(int width, int height) {
  return {{from_the_left(width, height), blob(width, height), {}},
          1 - 0.5 * blob(width, height),
          blob(width, height).flip(3)};
}

double at_place(const at::Tensor& mask, int y, int x) {
  return mask[0][0][y][x].item<double>();
}

TEST(StyleRegions, MasksThatOverlapAreScaledAndTheRestIsShared) {
  const auto level = [](double v) { return at::full({1, 1, 2, 2}, v, at::kFloat); };
  const SceneMasks masks{{level(0.9), {}, level(0.6), {}}, {}, {}};
  const auto regions = style_regions(4, {1, 3, 1, 1}, masks, 0.8);
  ASSERT_EQ(regions.size(), 2U);  // nothing is left for those without
  EXPECT_NEAR(regions[0].guide.share, 0.6, 1e-6);
  EXPECT_NEAR(regions[1].guide.share, 0.4, 1e-6);
  const SceneMasks less{{level(0.3), {}, level(0.1), {}}, {}, {}};
  const auto shared = style_regions(4, {1, 3, 1, 1}, less, 0.8);
  ASSERT_EQ(shared.size(), 3U);
  EXPECT_NEAR(shared[2].guide.share, 0.6, 1e-6);
  using Styles = std::vector<std::pair<std::size_t, double>>;
  EXPECT_EQ(shared[2].styles, (Styles{{1, 0.75}, {3, 0.25}}));
  EXPECT_EQ(shared[0].styles, (Styles{{0, 1}}));
}

TEST(StyleRegions, ProtectionLowersThemAll) {
  const at::Tensor face = blob(20, 16);  // 0.75 within
  for (const bool masked : {false, true}) {
    SceneMasks masks{{}, {}, face};
    if (masked) masks.styles = {at::ones({1, 1, 16, 20}), at::Tensor()};
    const auto regions = style_regions(2, {}, masks, 0.8);
    ASSERT_EQ(regions.size(), 1U);
    EXPECT_NEAR(at_place(regions[0].guide.picture, 8, 10), 1 - 0.8 * 0.75, 1e-6);
    EXPECT_EQ(at_place(regions[0].guide.picture, 0, 0), 1);
  }
}

TEST(StyleRegions, WithoutMasksThereIsOneEverywhere) {
  const auto regions = style_regions(2, {1, 3}, {}, 0.8);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_FALSE(regions[0].guide.picture.defined());
  EXPECT_FALSE(reached({}).defined());
}

TEST(Reached, IsLessThanAllOnlyWhereEveryStyleHasAMaskAndTheyLeaveSome) {
  const at::Tensor half = at::full({1, 1, 3, 3}, 0.5F), full = at::ones({1, 1, 3, 3});
  EXPECT_FALSE(reached({{half, at::Tensor()}, {}, {}}).defined());
  EXPECT_FALSE(reached({{half, half}, {}, {}}).defined());
  EXPECT_FALSE(reached({{half, full}, {}, {}}).defined());
  EXPECT_EQ(at_place(reached({{half}, {}, {}}), 1, 1), 0.5);
  const at::Tensor a = at::zeros({1, 3, 3, 3}), b = at::ones({1, 3, 3, 3});
  EXPECT_TRUE(at::equal(laid_over(a, b, half), at::full({1, 3, 3, 3}, 0.5F)));
}

/// By hand: moments of each region's weighted positions, each counted by its share.
TEST(GuidedObjective, IsTheSumOverRegionsByTheirShares) {
  const auto net = small_net();
  for (const char* loss : {"gram", "wasserstein"}) {
    StylizeOptions options = small_options(loss);
    options.content_weight = options.tv_weight = 0;
    const at::Tensor x = picture(37, 30, 3, at::kDouble);
    const std::vector<at::Tensor> styles{picture(33, 50, 2, at::kDouble),
                                         picture(30, 30, 4, at::kDouble)};
    const SceneMasks masks = halves(37, 30);
    double expected = 0;
    for (const auto& layer : options.style_layers) {
      const at::Tensor f = net.network().forward(x, {layer}).at(layer);
      for (std::size_t i = 0; i < 2; ++i) {
        const at::Tensor weights =
            nets::seen_through(net.network().windows(layer), masks.styles[i]);
        MomentSums sums;
        sums.add(f, whole(f), weights);
        const auto target = moments(net.network().forward(styles[i], {layer}).at(layer));
        expected += weights.mean().item<double>() / 3 *
                    (*style_loss(loss, target))(sums.moments(), false).value;
      }
    }
    for (const int tile : {0, 15}) {
      TiledObjective objective(net, options, x, styles, masks, tile);
      EXPECT_NEAR(objective.losses(x).style / expected, 1, 1e-10);
    }
  }
}

/// Masks of 1 everywhere, and halves of one style, feel as no mask does.
TEST(GuidedObjective, OfOneStyleEverywhereIsThatWithoutMasks) {
  const auto net = small_net();
  for (const char* engine : {"winograd", "torch"}) {
    const at::Tensor x = picture(40, 32, 3), content = picture(40, 32, 1);
    const std::vector<at::Tensor> style{picture(33, 50, 2)};
    const StylizeOptions options = small_options("wasserstein");
    const auto plain = TiledObjective(net, options, content, style, 0, engine).evaluate(x);
    const SceneMasks ones{{at::ones({1, 1, 32, 40})}, at::ones({1, 1, 32, 40}), {}};
    const auto guided = TiledObjective(net, options, content, style, ones, 0, engine).evaluate(x);
    EXPECT_NEAR(guided.losses.style / plain.losses.style, 1, 1e-5);
    EXPECT_NEAR(guided.losses.content / plain.losses.content, 1, 1e-6);
    EXPECT_LE(relative_error(guided.gradient, plain.gradient), 1e-4);
  }
}

TEST(GuidedObjective, GradientPassesCentralDifferences) {
  for (const char* loss : {"gram", "wasserstein"}) {
    for (const char* blend_mode : {"losses", "statistics"}) {
      for (const int tile : {0, 8}) {
        SCOPED_TRACE(testing::Message() << loss << ", " << blend_mode << ", tile " << tile);
        StylizeOptions options = small_options(loss);
        options.blend_mode = blend_mode;
        const std::vector<at::Tensor> styles{picture(21, 26, 2, at::kDouble),
                                             picture(24, 20, 4, at::kDouble),
                                             picture(20, 25, 5, at::kDouble)};
        SceneMasks masks = everything(23, 19);
        if (std::string(blend_mode) == "statistics") masks.styles.clear();
        TiledObjective objective(small_net(), options, picture(23, 19, 1, at::kDouble), styles,
                                 masks, tile);
        const at::Tensor x = picture(23, 19, 3, at::kDouble);
        ASSERT_EQ(objective.in_one_tile(x), tile == 0);
        const auto value = [&](const at::Tensor& at) { return objective.losses(at).total; };
        EXPECT_LT(gradient_error(value, x, objective.evaluate(x).gradient, 1e-6, /*every=*/211),
                  1e-5);
      }
    }
  }
}

TEST(GuidedObjective, TilesAreTheWholeInDouble) {
  for (const char* loss : {"gram", "wasserstein"}) {
    const StylizeOptions options = small_options(loss);
    const at::Tensor x = picture(37, 30, 3, at::kDouble), content = picture(37, 30, 1, at::kDouble);
    const std::vector<at::Tensor> styles{picture(33, 50, 2, at::kDouble),
                                         picture(30, 30, 4, at::kDouble),
                                         picture(20, 25, 5, at::kDouble)};
    const SceneMasks masks = everything(37, 30);
    const auto whole = TiledObjective(small_net(), options, content, styles, masks).evaluate(x);
    for (const int tile : {8, 15, 24}) {
      SCOPED_TRACE(testing::Message() << loss << ", " << tile);
      TiledObjective tiled(small_net(), options, content, styles, masks, tile);
      ASSERT_FALSE(tiled.in_one_tile(x));
      const auto ours = tiled.evaluate(x);
      EXPECT_LE(relative_error(ours.gradient, whole.gradient), 1e-10);
      EXPECT_NEAR(ours.losses.style / whole.losses.style, 1, 1e-10);
      EXPECT_NEAR(ours.losses.content / whole.losses.content, 1, 1e-10);
    }
  }
}

TEST(GuidedObjective, EnginesAgree) {
  for (const char* loss : {"gram", "wasserstein"}) {
    const auto evaluate = [&](at::ScalarType type, const char* engine, int tile) {
      return TiledObjective(
                 small_net(), small_options(loss), picture(77, 51, 1, type),
                 {picture(50, 60, 2, type), picture(60, 50, 4, type), picture(50, 50, 5, type)},
                 everything(77, 51), tile, engine)
          .evaluate(picture(77, 51, 3, type));
    };
    const auto exact = evaluate(at::kDouble, "torch", 0);
    for (const char* engine : {"winograd", "torch"}) {
      for (const int tile : {0, 30}) {
        SCOPED_TRACE(testing::Message() << loss << ", " << engine << ", tile " << tile);
        const auto ours = evaluate(at::kFloat, engine, tile);
        EXPECT_LE(relative_error(ours.gradient, exact.gradient), 1e-4);
        EXPECT_NEAR(ours.losses.total / exact.losses.total, 1, 1e-5);
      }
    }
  }
}

/// Where a style has no weight within reach, nothing of it pulls.
TEST(GuidedObjective, AStylePullsOnlyWithinItsMask) {
  StylizeOptions options = small_options("wasserstein");
  options.content_weight = options.tv_weight = 0;
  at::Tensor mask = at::zeros({1, 1, 32, 80});
  mask.narrow(3, 0, 30).fill_(1);
  const at::Tensor x = picture(80, 32, 3);
  TiledObjective objective(small_net(), options, x, {picture(40, 40, 2)}, {{mask}, {}, {}});
  const at::Tensor gradient = objective.evaluate(x).gradient.abs();
  EXPECT_GT(gradient.narrow(3, 0, 28).mean().item<double>(), 0);
  // Kernels of larger tiles leave rounding of what is beyond reach.
  EXPECT_LE(gradient.narrow(3, 60, 20).max().item<double>(), 1e-9 * gradient.max().item<double>());
}

}  // namespace
}  // namespace atelier::style
