// SPDX-License-Identifier: Apache-2.0
#include "style/losses/total_variation.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"
#include "tensor/parallel.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

constexpr auto last = at::MemoryFormat::ChannelsLast;

struct Result {
  double value;
  at::Tensor gradient;
};

/// The gradient is added to `before`, in that layout.
Result evaluate(const at::Tensor& rgb, double weight, const at::Tensor& before) {
  Result result{0, before.clone()};
  result.value = total_variation(rgb, weight, result.gradient);
  return result;
}

TEST(TotalVariation, OfARampIsItsSlopeSquared) {
  // 4 x 5, rising by 0.1 a column: 4 differences in each of 4 rows and 3 channels.
  const at::Tensor ramp = (at::arange(5, at::kDouble) * 0.1).expand({1, 3, 4, 5}).contiguous();
  for (const at::Tensor& rgb : {ramp, ramp.contiguous(last)}) {
    EXPECT_NEAR(total_variation(rgb), 0.01 * 4 * 4 * 3 / (4 * 5 * 3), 1e-15);
    EXPECT_NEAR(total_variation(rgb.transpose(2, 3)), 0.01 * 4 * 4 * 3 / (4 * 5 * 3), 1e-15);
  }
}

TEST(TotalVariation, OfAFlatPictureIsNothing) {
  for (const auto type : {at::kFloat, at::kDouble}) {
    const at::Tensor flat = at::full({1, 3, 4, 5}, 0.3, type);
    for (const at::Tensor& rgb : {flat, flat.contiguous(last)}) {
      const auto [value, gradient] = evaluate(rgb, 1, at::zeros_like(rgb));
      EXPECT_EQ(value, 0);
      EXPECT_EQ(gradient.abs().max().item<double>(), 0);
    }
  }
}

/// One pixel of 1 among zeros has four neighbours; each costs 1 and pulls with 2.
TEST(TotalVariation, OfAPointIsItsNeighbours) {
  at::Tensor point = at::zeros({1, 3, 5, 5}, at::kDouble);
  point[0][1][2][2] = 1;
  for (const at::Tensor& rgb : {point, point.contiguous(last)}) {
    const auto [value, gradient] = evaluate(rgb, 75, at::zeros_like(rgb));
    EXPECT_DOUBLE_EQ(value, 4.0 / 75);
    EXPECT_DOUBLE_EQ(gradient[0][1][2][2].item<double>(), 8);
    EXPECT_DOUBLE_EQ(gradient[0][1][1][2].item<double>(), -2);
    EXPECT_DOUBLE_EQ(gradient[0][1][2][3].item<double>(), -2);
    EXPECT_DOUBLE_EQ(gradient.abs().sum().item<double>(), 16);
  }
}

TEST(TotalVariation, GradientPassesCentralDifferences) {
  for (const auto& [height, width] : {std::pair{4, 5}, {1, 6}, {6, 1}, {2, 2}}) {
    const at::Tensor x = random_tensor({1, 3, height, width}, 1);
    const auto value = [](const at::Tensor& at) { return 2.5 * total_variation(at); };
    for (const at::Tensor& rgb : {x, x.contiguous(last)}) {
      const at::Tensor gradient = evaluate(rgb, 2.5, at::zeros_like(rgb)).gradient;
      EXPECT_LT(gradient_error(value, x, gradient), 1e-7);
    }
  }
}

TEST(TotalVariation, GradientIsAddedToWhatIsThere) {
  for (const auto format : {at::MemoryFormat::Contiguous, last}) {
    const at::Tensor x = random_tensor({1, 3, 6, 7}, 1).contiguous(format),
                     there = random_tensor({1, 3, 6, 7}, 2).contiguous(format);
    const at::Tensor alone = evaluate(x, 3, at::zeros_like(x)).gradient;
    EXPECT_TRUE(at::allclose(evaluate(x, 3, there).gradient, there + alone, 0, 1e-15));
    EXPECT_TRUE(at::equal(evaluate(x, 0, there).gradient, there));
  }
}

TEST(TotalVariation, LayoutDoesNotMatter) {
  for (const auto& [type, tolerance] : {std::pair{at::kFloat, 1e-6}, {at::kDouble, 1e-14}}) {
    for (const auto& [height, width] : {std::pair{1, 1}, {1, 9}, {9, 1}, {2, 3}, {37, 50}}) {
      SCOPED_TRACE(testing::Message() << type << ", " << height << " x " << width);
      const at::Tensor x = random_tensor({1, 3, height, width}, 4, 0.2).to(type);
      const at::Tensor there = random_tensor({1, 3, height, width}, 5).to(type);
      const Result rows = evaluate(x.contiguous(last), 1.5, there.contiguous(last));
      const Result planes = evaluate(x, 1.5, there);
      const Result mixed = evaluate(x.contiguous(last), 1.5, there);
      EXPECT_NEAR(rows.value, planes.value, tolerance * planes.value);
      EXPECT_NEAR(mixed.value, planes.value, tolerance * planes.value);
      EXPECT_LE(relative_error(rows.gradient, planes.gradient), tolerance);
      EXPECT_LE(relative_error(mixed.gradient, planes.gradient), tolerance);
      EXPECT_EQ(total_variation(x.contiguous(last)), rows.value);
    }
  }
}

TEST(TotalVariation, FloatIsNearDouble) {
  const at::Tensor x = random_tensor({1, 3, 60, 80}, 6, 0.2).contiguous(last);
  const Result exact = evaluate(x, 1, at::zeros_like(x));
  const Result ours = evaluate(x.to(at::kFloat), 1, at::zeros_like(x, at::kFloat));
  EXPECT_NEAR(ours.value / exact.value, 1, 1e-6);
  EXPECT_LE(relative_error(ours.gradient, exact.gradient), 1e-6);
}

TEST(TotalVariation, IsTheSameForEveryNumberOfThreads) {
  const at::Tensor x = random_tensor({1, 3, 61, 47}, 7).to(at::kFloat).contiguous(last);
  tensor::set_worker_count(1);
  const Result first = evaluate(x, 1, at::zeros_like(x));
  for (const int threads : {2, 5}) {
    tensor::set_worker_count(threads);
    const Result again = evaluate(x, 1, at::zeros_like(x));
    EXPECT_EQ(again.value, first.value);
    EXPECT_TRUE(at::equal(again.gradient, first.gradient));
  }
  tensor::set_worker_count(1);
}

}  // namespace
}  // namespace atelier::style
