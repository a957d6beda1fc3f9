// SPDX-License-Identifier: Apache-2.0
#include "style/tiled_pass.hpp"

#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "small_net.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

/// n and mean add up by positions, and so do second moments.
TEST(TiledPass, MomentsOfSeveralPicturesAreThoseOfAllTheirPositions) {
  const at::Tensor large = nets::to_tensor(waves(40, 24, 1)).to(at::kDouble),
                   small = nets::to_tensor(waves(16, 32, 3)).to(at::kDouble);
  const std::vector<std::string> layers{"relu1_1", "relu3_1"};
  const auto net = small_net();
  TiledPass pass = tiled_pass(net, layers, large);
  const auto of_large = pass.moments(large), of_small = pass.moments(small),
             of_both = pass.moments(std::vector<at::Tensor>{large, small});
  for (const std::string& layer : layers) {
    const Moments &a = of_large.at(layer), &b = of_small.at(layer), &both = of_both.at(layer);
    EXPECT_EQ(both.positions, a.positions + b.positions);
    const double share = a.positions / both.positions;
    EXPECT_TRUE(at::allclose(both.mean, share * a.mean + (1 - share) * b.mean, 1e-9, 1e-12));
    EXPECT_TRUE(at::allclose(gram_matrix(both),
                             share * gram_matrix(a) + (1 - share) * gram_matrix(b), 1e-9, 1e-12));
  }
}

}  // namespace
}  // namespace atelier::style
