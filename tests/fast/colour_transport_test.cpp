// SPDX-License-Identifier: Apache-2.0
#include "fast/colour_transport.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "random_vgg.hpp"

namespace atelier::fast {
namespace {

at::Tensor picture(int seed) {
  // Noise besides the waves, so that no direction of colour is empty.
  const at::Tensor waves_of = nets::to_tensor(waves(32, 24, seed));
  at::Generator chance = at::detail::createCPUGenerator(static_cast<std::uint64_t>(seed));
  return (0.6 * waves_of + 0.2 * at::rand(waves_of.sizes(), chance)).to(at::kFloat);
}

void expect_colours(const Colours& seen, const Colours& expected, double tolerance) {
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(seen.mean[i], expected.mean[i], tolerance);
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(seen.covariance[i], expected.covariance[i], tolerance);
  }
}

TEST(ColourTransport, GivesTheOthersMeanAndCovariance) {
  const at::Tensor from = picture(1), to = picture(4);
  const ColourMap map = colour_map(colours_of(from), colours_of(to));
  expect_colours(colours_of(apply(map, from)), colours_of(to), 1e-4);
}

TEST(ColourTransport, LeavesItsOwnColoursAlone) {
  const at::Tensor rgb = picture(2);
  const at::Tensor same = apply(colour_map(colours_of(rgb), colours_of(rgb)), rgb);
  EXPECT_TRUE(at::allclose(same, rgb, 0, 1e-4));
}

TEST(ColourTransport, OfAlignedColoursIsAScaleForEach) {
  Colours from, to;
  from.covariance = {0.01, 0, 0, 0, 0.04, 0, 0, 0, 0.09};
  to.covariance = {0.04, 0, 0, 0, 0.01, 0, 0, 0, 0.09};
  to.mean = {0.1, 0.2, 0.3};
  const ColourMap map = colour_map(from, to);
  EXPECT_NEAR(map.matrix[0], 2, 1e-3);
  EXPECT_NEAR(map.matrix[4], 0.5, 1e-3);
  EXPECT_NEAR(map.matrix[8], 1, 1e-3);
  EXPECT_NEAR(map.offset[2], 0.3, 1e-12);
}

TEST(ColourTransport, DoesNotBlowUpWhatIsNearlyGrey) {
  const at::Tensor grey = at::full({1, 3, 8, 8}, 0.5) + 1e-4 * at::rand({1, 3, 8, 8});
  const at::Tensor moved = apply(colour_map(colours_of(grey), colours_of(picture(3))), grey);
  EXPECT_LT((moved.amax({2, 3}) - moved.amin({2, 3})).max().item<double>(), 1e-3);
}

}  // namespace
}  // namespace atelier::fast
