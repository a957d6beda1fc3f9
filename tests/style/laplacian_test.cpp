// SPDX-License-Identifier: Apache-2.0
#include "style/losses/laplacian.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"

namespace atelier::style {
namespace {

at::Tensor picture(std::uint64_t seed, int height = 50, int width = 53) {
  return random_tensor({1, 3, height, width}, seed);
}

TEST(Laplacian, VanishesAtThePhotographAndIsOneWithoutEdges) {
  const at::Tensor content = picture(1);
  const Laplacian loss(content);
  EXPECT_EQ(loss(content, 0, {}), 0);
  EXPECT_NEAR(loss(at::full_like(content, 0.3), 0, {}), 1, 1e-12);
  EXPECT_NEAR(loss(content * 3 + 0.2, 0, {}), 4, 1e-9);  // (3 - 1)^2
}

TEST(Laplacian, IsBlindToRamps) {
  const at::Tensor content = picture(1);
  const at::Tensor ramp = at::arange(content.size(3), at::kDouble) * 0.7;
  EXPECT_NEAR(Laplacian(content)(content + ramp, 0, {}), 0, 1e-12);
}

TEST(Laplacian, OfAPictureTooSmallForItIsNothing) {
  EXPECT_EQ(Laplacian(picture(1, 11, 40))(picture(2, 11, 40), 0, {}), 0);
}

TEST(Laplacian, CountsWhereItsWeightsAre) {
  const at::Tensor content = picture(1, 64, 64), left = at::zeros({1, 1, 64, 64}, at::kDouble);
  left.narrow(3, 0, 32).fill_(1);
  const at::Tensor right = 1 - left, x = picture(2, 64, 64);
  const double whole = Laplacian(content)(x, 0, {});
  const double of_left = Laplacian(content, left)(x, 0, {});
  const double of_right = Laplacian(content, right)(x, 0, {});
  EXPECT_GT(of_left, 0);
  EXPECT_GT(of_right, 0);
  EXPECT_NEAR(of_left + of_right, whole, 1e-12);
  EXPECT_EQ(Laplacian(content, at::zeros_like(left))(x, 0, {}), 0);
}

TEST(Laplacian, DerivativesPassCentralDifferences) {
  const at::Tensor x = picture(2);
  for (const at::Tensor& weights : {at::Tensor(), random_tensor({1, 1, 50, 53}, 3).abs()}) {
    const Laplacian loss(picture(1), weights);
    at::Tensor gradient = at::zeros_like(x);
    static_cast<void>(loss(x, 2.0, gradient));
    const auto f = [&](const at::Tensor& at) { return 2 * loss(at, 0, {}); };
    EXPECT_LT(gradient_error(f, x, gradient, 1e-5, /*every=*/37), 1e-7);
  }
}

}  // namespace
}  // namespace atelier::style
