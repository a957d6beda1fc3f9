// SPDX-License-Identifier: Apache-2.0
#include "style/losses/self_similarity.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"

namespace atelier::style {
namespace {

/// The definition, with the plain absolute value.
double plain(const at::Tensor& photograph, const at::Tensor& x) {
  const auto shares = [](const at::Tensor& rows) {
    const at::Tensor unit = rows / rows.norm(2, {1}, true);
    const at::Tensor d = 1 - unit.mm(unit.t());
    return d / d.sum(0, true);
  };
  return ((shares(x) - shares(photograph)).abs().sum() / x.size(0)).item<double>();
}

TEST(SelfSimilarity, IsItsDefinitionButForTheRounding) {
  const at::Tensor photograph = random_tensor({9, 5}, 1), x = random_tensor({9, 5}, 2);
  const double value = SelfSimilarity(photograph)(x, false).value;
  EXPECT_GT(value, 0.1);
  EXPECT_LE(value, plain(photograph, x));
  EXPECT_GE(value, plain(photograph, x) - 0.01);
}

TEST(SelfSimilarity, IsBlindToTurnsAndLengths) {
  const at::Tensor photograph = random_tensor({9, 5}, 1);
  const at::Tensor turn = std::get<0>(at::linalg_qr(random_tensor({5, 5}, 2)));
  const at::Tensor lengths = random_tensor({9, 1}, 3).abs() + 0.1;
  EXPECT_NEAR(SelfSimilarity(photograph)(photograph.mm(turn) * lengths, false).value, 0, 1e-12);
}

TEST(SelfSimilarity, OfTwoRowsIsAlwaysTheSame) {
  EXPECT_NEAR(SelfSimilarity(random_tensor({2, 5}, 1))(random_tensor({2, 5}, 2), false).value, 0,
              1e-12);
}

TEST(SelfSimilarity, CountsColumnsByTheirWeights) {
  const at::Tensor photograph = random_tensor({6, 5}, 1), x = random_tensor({6, 5}, 2);
  const auto value = [&](const at::Tensor& weights) {
    return SelfSimilarity(photograph, weights)(x, false).value;
  };
  double sum = 0;
  for (int j = 0; j < 6; ++j) {
    at::Tensor one = at::zeros({6}, at::kDouble);
    one[j] = 1;
    EXPECT_GT(value(one), 0);
    sum += value(one);
  }
  EXPECT_NEAR(value({}), sum, 1e-12);
  EXPECT_NEAR(value(at::full({6}, 0.25, at::kDouble)), sum / 4, 1e-12);
  EXPECT_EQ(value(at::zeros({6}, at::kDouble)), 0);
}

TEST(SelfSimilarity, DerivativesPassCentralDifferences) {
  for (const at::Tensor& weights : {at::Tensor(), random_tensor({8}, 3).abs()}) {
    const SelfSimilarity loss(random_tensor({8, 5}, 1), weights);
    const at::Tensor x = random_tensor({8, 5}, 2);
    const auto f = [&](const at::Tensor& at) { return loss(at, false).value; };
    EXPECT_LT(gradient_error(f, x, loss(x, true).by_rows), 1e-6);
  }
}

}  // namespace
}  // namespace atelier::style
