// SPDX-License-Identifier: Apache-2.0
#include "train/orthogonal.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace atelier::train {
namespace {

/// Its singular vectors are kept and its singular values all come near 1.
void expect_turned(const at::Tensor& matrices) {
  const at::Tensor turned = orthogonalised(matrices);
  ASSERT_EQ(turned.sizes(), matrices.sizes());
  const auto [u, s, v] = at::linalg_svd(matrices, /*full_matrices=*/false);
  const at::Tensor values = u.transpose(1, 2).bmm(turned).bmm(v.transpose(1, 2));
  const at::Tensor own = values.diagonal(0, 1, 2);
  EXPECT_GT(own.min().item<double>(), 0.6);
  EXPECT_LT(own.max().item<double>(), 1.3);
  EXPECT_LT((values - at::diag_embed(own)).abs().max().item<double>(), 1e-3);
}

TEST(Orthogonalised, KeepsDirectionsAndEvensTheirLengths) {
  const auto chance = at::detail::createCPUGenerator(3);
  expect_turned(at::randn({3, 20, 31}, chance));
  expect_turned(at::randn({2, 31, 20}, chance));
  expect_turned(1e-6 * at::randn({1, 16, 40}, chance));
}

TEST(Orthogonalised, LeavesNothingAtNothing) {
  EXPECT_EQ(orthogonalised(at::zeros({1, 4, 4})).abs().max().item<double>(), 0);
}

}  // namespace
}  // namespace atelier::train
