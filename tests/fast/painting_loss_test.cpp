// SPDX-License-Identifier: Apache-2.0
#include "fast/painting_loss.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "random_vgg.hpp"
#include "style/objective.hpp"

namespace atelier::fast {
namespace {

TEST(PaintingLoss, IsTheObjectiveOfStylize) {
  const nets::FeatureNet net = random_vgg(8);
  const at::Tensor photo = nets::to_tensor(waves(64, 48, 1));
  const at::Tensor painting = nets::to_tensor(waves(48, 64, 5));
  const at::Tensor painted = nets::to_tensor(waves(64, 48, 3));

  style::StylizeOptions options = style::with_own_layers({});
  const auto layers = style::objective_layers(options);
  style::TiledPass pass(net.network(), layers,
                        nets::make_pass(net.network(), layers, photo.options()), 0);
  style::Objective objective(pass, options, {photo, {painting}, style::one_region(1, {}), {}});
  const auto expected = objective.evaluate(painted, true);

  const auto loss = engine_loss(net.network(), {});
  const auto target = loss->target(painting, {});
  const PaintingValues result = (*loss)(painted, photo, {target.get()}, true);
  const PaintingValue& value = result.values.front();
  EXPECT_NEAR(value.content, expected.losses.content, 1e-6 * expected.losses.content);
  EXPECT_NEAR(value.style, expected.losses.style, 1e-6 * expected.losses.style);
  EXPECT_NEAR(value.tv, expected.losses.tv, 1e-6);
  EXPECT_NEAR(value.total, expected.losses.total, 1e-6 * expected.losses.total);
  EXPECT_TRUE(at::allclose(result.gradient, expected.gradient, 1e-4,
                           1e-5 * expected.gradient.abs().max().item<double>()));

  const PaintingValues without = (*loss)(painted, photo, {target.get()}, false);
  EXPECT_NEAR(without.values.front().total, value.total, 1e-9);
  EXPECT_FALSE(without.gradient.defined());
}

/// Two pictures, each in its own style, by the engine and in a batch of this precision.
void expect_alike(at::ScalarType precision, double tolerance) {
  const nets::FeatureNet net = random_vgg(8);
  const at::Tensor photos =
      at::cat({nets::to_tensor(waves(64, 48, 1)), nets::to_tensor(waves(64, 48, 2))});
  const at::Tensor painted =
      at::cat({nets::to_tensor(waves(64, 48, 3)), nets::to_tensor(waves(64, 48, 4))});
  const auto one = engine_loss(net.network(), {}, "winograd");
  const auto batched = batched_loss(net.network(), {}, precision);
  std::vector<PaintingValues> results;
  for (PaintingLoss* loss : {one.get(), batched.get()}) {
    const auto a = loss->target(nets::to_tensor(waves(48, 64, 5)), {});
    const auto b = loss->target(nets::to_tensor(waves(48, 64, 6)), {});
    results.push_back((*loss)(painted, photos, {a.get(), b.get()}, true));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const PaintingValue &x = results[0].values[i], &y = results[1].values[i];
    EXPECT_NEAR(x.content, y.content, tolerance * x.content);
    EXPECT_NEAR(x.style, y.style, tolerance * x.style);
    EXPECT_NEAR(x.tv, y.tv, 1e-5 * x.tv);
    EXPECT_NEAR(x.total, y.total, tolerance * x.total);
  }
  const at::Tensor &g = results[0].gradient, &h = results[1].gradient;
  const double cosine = (g * h).sum().item<double>() / (g.norm() * h.norm()).item<double>();
  EXPECT_GT(cosine, 1 - 5 * tolerance);
}

TEST(PaintingLoss, OfABatchIsThatOfEach) {
  expect_alike(at::kFloat, 1e-4);
}

TEST(PaintingLoss, OfABatchInHalfTheBitsIsNearlyThatOfEach) {
  expect_alike(at::kBFloat16, 0.03);
}

TEST(PaintingLoss, OfThePhotographAgainstItselfIsNothingButVariation) {
  const nets::FeatureNet net = random_vgg(8);
  const at::Tensor photo = nets::to_tensor(waves(64, 48, 1));
  const auto loss = engine_loss(net.network(), {});
  const auto target = loss->target(photo, {});
  const PaintingValue value = (*loss)(photo, photo, {target.get()}, false).values.front();
  EXPECT_NEAR(value.content, 0, 1e-9);
  EXPECT_LT(value.style, 0.025);  // the smooth root's share
  EXPECT_GT(value.tv, 0);
}

}  // namespace
}  // namespace atelier::fast
