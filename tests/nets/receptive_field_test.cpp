// SPDX-License-Identifier: Apache-2.0
#include "nets/receptive_field.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "small_vgg.hpp"

namespace atelier::nets {
namespace {

using testing::random_tensor;
using testing::small_vgg;

/// A plain loop: averages of what a window sees within the picture.
at::Tensor averaged(const at::Tensor& from, const Window& window) {
  const auto length = [&](std::int64_t n) {
    return (n + window.before + window.after - window.size) / window.stride + 1;
  };
  at::Tensor to = at::zeros({1, 1, length(from.size(2)), length(from.size(3))}, from.options());
  const auto in = from.accessor<double, 4>();
  auto out = to.accessor<double, 4>();
  for (std::int64_t y = 0; y < to.size(2); ++y) {
    for (std::int64_t x = 0; x < to.size(3); ++x) {
      double sum = 0, count = 0;
      for (std::int64_t i = 0; i < std::int64_t{window.size} * window.size; ++i) {
        const std::int64_t row = y * window.stride - window.before + i / window.size;
        const std::int64_t column = x * window.stride - window.before + i % window.size;
        if (row < 0 || column < 0 || row >= from.size(2) || column >= from.size(3)) continue;
        sum += in[0][0][row][column];
        ++count;
      }
      out[0][0][y][x] = sum / count;
    }
  }
  return to;
}

TEST(ReceptiveField, AgreesWithPlainLoops) {
  const at::Tensor mask = random_tensor({1, 1, 23, 31}, 1).clamp_(0, 1);
  for (const std::vector<Window>& windows : {std::vector<Window>{},
                                             {{3, 1, 1}},
                                             {{2, 2, 0}},
                                             {{7, 2, 3}, {3, 2, 1}},
                                             {{3, 2, 0}, {3, 1, 1}, {1, 2, 0}, {5, 1, 2}}}) {
    at::Tensor want = mask;
    for (const Window& window : windows) want = averaged(want, window);
    const at::Tensor have = seen_through(windows, mask);
    ASSERT_EQ(have.sizes(), want.sizes());
    EXPECT_LE((have - want).abs().max().item<double>(), 1e-14);
  }
}

/// Where the whole receptive field lies within the mask a weight is 1, where none of it does 0;
/// what a layer really depends on says which.
TEST(ReceptiveField, IsWhatTheNetworkDependsOn) {
  const Vgg vgg = small_vgg(Pooling::average, Padding::zero);
  at::Tensor mask = at::zeros({1, 1, 44, 40}, at::kDouble);
  mask.narrow(2, 6, 32).narrow(3, 0, 26).fill_(1);
  const at::Tensor rgb = random_tensor({1, 3, 44, 40}, 2, 0.1).add_(0.5);
  const at::Tensor inside = rgb + mask * random_tensor({1, 3, 44, 40}, 3, 0.1);
  const at::Tensor outside = rgb + (1 - mask) * random_tensor({1, 3, 44, 40}, 4, 0.1);
  for (const std::string& layer : vgg.layers()) {
    SCOPED_TRACE(layer);
    const at::Tensor seen = seen_through(vgg.windows(layer), mask);
    const auto features = [&](const at::Tensor& x) { return vgg.forward(x, {layer}).at(layer); };
    const at::Tensor plain = features(rgb);
    ASSERT_EQ(seen.size(2), plain.size(2));
    ASSERT_EQ(seen.size(3), plain.size(3));
    const auto moved = [&](const at::Tensor& x) {
      return (features(x) - plain).abs().amax(1, /*keepdim=*/true);
    };
    EXPECT_EQ(moved(inside).masked_select(seen == 0).sum().item<double>(), 0);
    EXPECT_EQ(moved(outside).masked_select(seen >= 1 - 1e-12).sum().item<double>(), 0);
    EXPECT_GT((seen == 0).sum().item<int>(), 0);
    EXPECT_GT((seen >= 1 - 1e-12).sum().item<int>(), 0);
    EXPECT_GT(((seen > 0.01) & (seen < 0.99)).sum().item<int>(), 0);
  }
}

TEST(ReceptiveField, KeepsAFullMaskFullAndIsLinear) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const at::Tensor a = random_tensor({1, 1, 19, 26}, 5).clamp_(0, 1);
  for (const std::string& layer : vgg.layers()) {
    const auto windows = vgg.windows(layer);
    const at::Tensor sum = seen_through(windows, a) + seen_through(windows, 1 - a);
    EXPECT_LE((sum - 1).abs().max().item<double>(), 1e-14) << layer;
  }
}

}  // namespace
}  // namespace atelier::nets
