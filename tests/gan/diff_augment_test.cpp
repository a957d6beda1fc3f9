// SPDX-License-Identifier: Apache-2.0
#include "gan/diff_augment.hpp"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "atelier/base/error.hpp"
#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

TEST(Changed, LeavesPicturesAloneWhenNothingIsNamed) {
  const at::Tensor x = random_pictures(2, 16, "x");
  EXPECT_TRUE(at::equal(changed(x, Changes::named("none"), streams(2, "c")), x));
}

TEST(Changed, IsTheSameForTheSameChanceWhateverStandsBeside) {
  const at::Tensor x = random_pictures(3, 16, "x");
  const at::Tensor all = changed(x, {}, streams(3, "c"));
  const at::Tensor first = changed(x.narrow(0, 0, 1), {}, streams(1, "c"));
  EXPECT_TRUE(at::equal(all.narrow(0, 0, 1), first));
  EXPECT_FALSE(at::equal(all, changed(x, {}, streams(3, "d"))));
}

TEST(Changed, MovesPixelsByAnEighthAtMostAndShowsGreyBeyond) {
  const at::Tensor x = at::zeros({8, 3, 32, 32});
  const at::Tensor moved = changed(x, {false, true, false}, streams(8, "c"));
  EXPECT_TRUE(at::equal(moved.narrow(2, 4, 24).narrow(3, 4, 24), at::zeros({8, 3, 24, 24})));
  EXPECT_GT(moved.sum().item<double>(), 0);
  EXPECT_TRUE(((moved == 0) | (moved == 0.5)).all().item<bool>());
}

TEST(Changed, CutsAtMostASquareOfHalfTheSize) {
  const at::Tensor holes =
      changed(at::zeros({16, 3, 32, 32}), {false, false, true}, streams(16, "c"));
  const at::Tensor cut = (holes == 0.5).to(at::kDouble).mean({1, 2, 3});
  EXPECT_LE(cut.max().item<double>(), 0.25);
  EXPECT_GE(cut.min().item<double>(), 0.0625);
}

TEST(Changed, KeepsTheMeanOfGreyPicturesButForBrightness) {
  const at::Tensor grey = at::full({16, 3, 8, 8}, 0.5);
  const at::Tensor recoloured = changed(grey, {true, false, false}, streams(16, "c"));
  EXPECT_TRUE(at::allclose(recoloured, recoloured.mean({1, 2, 3}, true).expand_as(recoloured)));
  EXPECT_LE((recoloured - 0.5).abs().max().item<double>(), 0.25);
}

TEST(Changed, GradientIsThatOfCentralDifferences) {
  const at::Tensor x = random_pictures(2, 8, "x", at::kDouble).requires_grad_();
  const at::Tensor weights = normal_tensor({2, 3, 8, 8}, "w", at::kDouble);
  const auto value = [&](const at::Tensor& rgb) {
    return (changed(rgb, {}, streams(2, "c")) * weights).sum();
  };
  const at::Tensor gradient = torch::autograd::grad({value(x)}, {x})[0];
  const at::Tensor direction = normal_tensor({2, 3, 8, 8}, "d", at::kDouble);
  const at::NoGradGuard no_gradient;
  const double h = 1e-5;
  const double slope =
      ((value(x + h * direction) - value(x - h * direction)) / (2 * h)).item<double>();
  EXPECT_NEAR((gradient * direction).sum().item<double>(), slope, 1e-6 * std::abs(slope) + 1e-8);
}

TEST(Changes, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(static_cast<void>(Changes::named("colour,rotate")), Error);
  EXPECT_TRUE(Changes::named("shift").shift);
  EXPECT_FALSE(Changes::named("shift").colour);
}

}  // namespace
}  // namespace atelier::gan
