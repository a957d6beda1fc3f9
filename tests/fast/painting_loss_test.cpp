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

  PaintingLoss loss(net.network(), {}, at::kCPU);
  const StyleTarget target = loss.target(painting);
  const PaintingValue value = loss(painted, photo, target, true);
  EXPECT_NEAR(value.content, expected.losses.content, 1e-6 * expected.losses.content);
  EXPECT_NEAR(value.style, expected.losses.style, 1e-6 * expected.losses.style);
  EXPECT_NEAR(value.tv, expected.losses.tv, 1e-6);
  EXPECT_NEAR(value.total, expected.losses.total, 1e-6 * expected.losses.total);
  EXPECT_TRUE(at::allclose(value.gradient, expected.gradient, 1e-4,
                           1e-5 * expected.gradient.abs().max().item<double>()));

  const PaintingValue without = loss(painted, photo, target, false);
  EXPECT_NEAR(without.total, value.total, 1e-9);
  EXPECT_FALSE(without.gradient.defined());
}

TEST(PaintingLoss, OfThePhotographAgainstItselfIsNothingButVariation) {
  const nets::FeatureNet net = random_vgg(8);
  const at::Tensor photo = nets::to_tensor(waves(64, 48, 1));
  PaintingLoss loss(net.network(), {}, at::kCPU);
  const PaintingValue value = loss(photo, photo, loss.target(photo), false);
  EXPECT_NEAR(value.content, 0, 1e-9);
  EXPECT_LT(value.style, 0.025);  // the smooth root's share
  EXPECT_GT(value.tv, 0);
}

}  // namespace
}  // namespace atelier::fast
