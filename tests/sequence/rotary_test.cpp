// SPDX-License-Identifier: Apache-2.0
#include "sequence/rotary.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <utility>

#include "forms.hpp"
#include "sequence/turns.hpp"

namespace atelier::sequence {
namespace {

TEST(Rotary, TurnsPairsByTheirAngles) {
  const at::Tensor turns = rotations(3, 4, at::TensorOptions(at::kDouble));
  const at::Tensor x =
      at::tensor({1.0, 0.0, 0.0, 1.0}).view({1, 1, 1, 1, 4}).expand({1, 3, 1, 1, 4});
  const at::Tensor y = rotated(x.contiguous(), turns).view({3, 4});
  for (int t = 0; t < 3; ++t) {
    EXPECT_NEAR(y[t][0].item<double>(), std::cos(t), 1e-12);
    EXPECT_NEAR(y[t][1].item<double>(), std::sin(t), 1e-12);
    EXPECT_NEAR(y[t][2].item<double>(), -std::sin(0.01 * t), 1e-12);
    EXPECT_NEAR(y[t][3].item<double>(), std::cos(0.01 * t), 1e-12);
  }
}

TEST(Rotary, IsTheSameWithoutTorchBitForBit) {
  for (const auto& [length, head] : {std::pair{1024, 32}, {512, 64}, {96, 10}}) {
    const at::Tensor torch =
        at::view_as_real(rotations(length, head, at::TensorOptions(at::kFloat)));
    const Turns turns = turns_of(length, head);
    for (const auto& [part, ours] : {std::pair{0, &turns.cosines}, {1, &turns.sines}}) {
      const at::Tensor theirs = torch.select(2, part).contiguous();
      ASSERT_EQ(theirs.numel(), std::ssize(*ours));
      EXPECT_EQ(0, std::memcmp(theirs.data_ptr(), ours->data(), theirs.nbytes()));
    }
  }
}

TEST(Rotary, LeavesProductsThatDependOnDistanceAlone) {
  const std::int64_t length = 9, head = 6;
  const at::Tensor turns = rotations(length, head, at::TensorOptions(at::kDouble));
  const auto everywhere = [&](const char* name) {
    const at::Tensor x = normal_numbers({1, 1, 1, 1, head}, name).expand({1, length, 1, 1, head});
    return rotated(x.contiguous(), turns).view({length, head});
  };
  const at::Tensor products = everywhere("q").matmul(everywhere("k").t());
  for (std::int64_t t = 2; t < length; ++t) {
    EXPECT_NEAR(products[t][t - 2].item<double>(), products[2][0].item<double>(), 1e-12);
  }
}

}  // namespace
}  // namespace atelier::sequence
