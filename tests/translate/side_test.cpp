// SPDX-License-Identifier: Apache-2.0
#include "translate/side.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../nets/small_graphs.hpp"

namespace atelier::translate {
namespace {

TEST(Side, BeginsByPaintingThePictureItself) {
  TranslateTraining training;
  training.translate.width = 4;
  training.translate.critic_width = 16;
  training.translate.size = 64;
  const auto eyes = nets::testing::small_graph("efficientnet-lite0", {});
  const Side side("there", *eyes, training, at::kCPU);
  const at::Tensor pictures = at::rand({2, 3, 64, 64}, at::detail::createCPUGenerator(3))
                                  .contiguous(at::MemoryFormat::ChannelsLast);
  const at::NoGradGuard no_gradient;
  EXPECT_TRUE(at::allclose(side.paint(pictures, {{0, 0}, {8, 16}}), pictures));
  EXPECT_TRUE(at::allclose(side.paint_by_average(pictures), pictures));
}

}  // namespace
}  // namespace atelier::translate
