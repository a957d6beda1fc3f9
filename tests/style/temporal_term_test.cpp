// SPDX-License-Identifier: Apache-2.0
#include "style/terms/temporal_term.hpp"

#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "small_net.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

constexpr auto last = at::MemoryFormat::ChannelsLast;

at::Tensor trust_of(int height, int width) {
  return random_tensor({1, 1, height, width}, 9).abs().clamp(0, 1);
}

TEST(TemporalTerm, IsZeroAtTheMovedPainting) {
  const at::Tensor moved = random_tensor({1, 3, 20, 7}, 1), gradient = at::zeros_like(moved);
  EXPECT_EQ((*temporal_term(moved, at::ones({1, 1, 20, 7}, at::kDouble)))(moved, 3, gradient), 0);
  EXPECT_EQ(gradient.abs().max().item<double>(), 0);
}

/// Half of the picture is off by 0.2: the mean of squares is 0.02, whatever the size.
TEST(TemporalTerm, IsTheMeanSquareOfWhatIsTrusted) {
  for (const auto& [height, width] : {std::pair{4, 6}, {40, 60}}) {
    const at::Tensor moved = at::full({1, 3, height, width}, 0.3, at::kDouble);
    at::Tensor trust = at::zeros({1, 1, height, width}, at::kDouble);
    trust.narrow(2, 0, height / 2).fill_(1);
    EXPECT_NEAR((*temporal_term(moved, trust))(moved + 0.2, 1, {}), 0.02, 1e-15);
    EXPECT_NEAR((*temporal_term(moved, trust * 0.5))(moved - 0.2, 1, {}), 0.01, 1e-15);
  }
}

TEST(TemporalTerm, GradientPassesCentralDifferences) {
  for (const auto& [height, width] : {std::pair{5, 6}, {1, 9}, {19, 2}}) {
    const at::Tensor moved = random_tensor({1, 3, height, width}, 1),
                     x = random_tensor({1, 3, height, width}, 2),
                     there = random_tensor({1, 3, height, width}, 3);
    const auto term = temporal_term(moved, trust_of(height, width));
    const auto value = [&](const at::Tensor& at) { return 2.5 * (*term)(at, 0, {}); };
    for (const at::Tensor& rgb : {x, x.contiguous(last)}) {
      const at::Tensor gradient = there.clone();
      (void)(*term)(rgb, 2.5, gradient);
      EXPECT_LT(gradient_error(value, x, gradient - there), 1e-7);
    }
  }
}

TEST(TemporalTerm, JoinsTheObjectiveOfAFrame) {
  const auto net = small_net();
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.temporal_weight = 7;
  const auto type = at::kDouble;
  const at::Tensor content = nets::to_tensor(waves(23, 19, 1)).to(type),
                   style = nets::to_tensor(waves(21, 18, 2)).to(type),
                   moved = nets::to_tensor(waves(23, 19, 4)).to(type),
                   x = nets::to_tensor(waves(23, 19, 3)).to(type), trust = trust_of(19, 23);
  for (const int tile : {0, 8}) {
    TiledPass pass = tiled_pass(net, objective_layers(options), content, tile);
    Scene scene{content, {style}, one_region(1, {})};
    Objective still(pass, options, scene);
    const auto without = still.evaluate(x, true);
    EXPECT_EQ(without.losses.temporal, 0);
    scene.moved = moved;
    scene.trust = trust;
    Objective frame(pass, options, scene);
    const auto with = frame.evaluate(x, true);
    const double term = (*temporal_term(moved, trust))(x, 0, {});
    EXPECT_NEAR(with.losses.temporal, term, 1e-15);
    EXPECT_NEAR(with.losses.total, without.losses.total + 7 * term, 1e-12);
    EXPECT_LE(relative_error(with.gradient - without.gradient,
                             2 * 7 * trust * (x - moved) / static_cast<double>(x.numel())),
              1e-10);
  }
}

/// Another frame: all that depends on the content is new, what depends on the styles stays.
TEST(TemporalTerm, AnObjectiveShowsOneFrameAfterTheOther) {
  const auto net = small_net();
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  const auto picture = [](int seed) { return nets::to_tensor(waves(23, 19, seed)); };
  TiledPass pass = tiled_pass(net, objective_layers(options), picture(1));
  const auto scene = [&](int content, int moved, std::vector<at::Tensor> styles) {
    Scene result{picture(content), std::move(styles), one_region(1, {})};
    result.moved = picture(moved);
    result.trust = trust_of(19, 23).to(at::kFloat);
    return result;
  };
  Objective film(pass, options, scene(1, 2, {picture(9)}));
  film.show(scene(3, 4, {}));
  Objective fresh(pass, options, scene(3, 4, {picture(9)}));
  const auto a = film.evaluate(picture(5), true), b = fresh.evaluate(picture(5), true);
  EXPECT_EQ(a.losses.total, b.losses.total);
  EXPECT_TRUE(at::equal(a.gradient, b.gradient));
}

}  // namespace
}  // namespace atelier::style
