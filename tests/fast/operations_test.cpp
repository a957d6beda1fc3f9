// SPDX-License-Identifier: Apache-2.0
#include "fast/operations.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

namespace atelier::fast {
namespace {

at::Tensor chance(at::IntArrayRef sizes, std::uint64_t seed) {
  return at::randn(sizes, at::detail::createCPUGenerator(seed), at::kDouble);
}

at::Tensor picture(std::uint64_t seed) {
  return chance({2, 3, 5, 4}, seed).contiguous(at::MemoryFormat::ChannelsLast);
}

/// Whether `ours` and `theirs` agree in value and in the gradients with respect to all inputs.
template <class Ours, class Theirs>
void expect_same(std::vector<at::Tensor> inputs, const Ours& ours, const Theirs& theirs) {
  for (at::Tensor& x : inputs) x.requires_grad_(true);
  const at::Tensor a = ours(inputs), b = theirs(inputs);
  EXPECT_TRUE(at::allclose(a, b, 1e-10, 1e-12));
  const at::Tensor weights = chance(a.sizes(), 99);
  const auto of_a = torch::autograd::grad({a}, inputs, {weights});
  const auto of_b = torch::autograd::grad({b}, inputs, {weights});
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_TRUE(at::allclose(of_a[i], of_b[i], 1e-8, 1e-10)) << i;
  }
}

TEST(Operations, ReflectAsTorchDoes) {
  expect_same(
      {picture(1)}, [](const auto& in) { return reflected(in[0]); },
      [](const auto& in) {
        return at::reflection_pad2d(in[0], {1, 1, 1, 1});
      });
}

TEST(Operations, ReflectTheSmallest) {
  const at::Tensor x = at::arange(4, at::kDouble).view({1, 1, 2, 2});
  EXPECT_TRUE(at::equal(reflected(x), at::reflection_pad2d(x, {1, 1, 1, 1})));
}

TEST(Operations, NormaliseAsAutogradDoes) {
  expect_same(
      {picture(2), chance({2, 3}, 3), chance({2, 3}, 4)},
      [](const auto& in) {
        const auto [mean, inverse] = norm_of(in[0]);
        return normalised(in[0], mean, inverse, in[1], in[2]);
      },
      [](const auto& in) {
        const at::Tensor off = in[0] - in[0].mean({2, 3}, true);
        const at::Tensor y = off * (off.square().mean({2, 3}, true) + 1e-5).rsqrt();
        return y * in[1].unsqueeze(2).unsqueeze(3) + in[2].unsqueeze(2).unsqueeze(3);
      });
}

TEST(Operations, NormalisedHasMeanAndDeviationAsked) {
  const at::Tensor x = 5 + 3 * picture(5);
  const auto [mean, inverse] = norm_of(x);
  const at::Tensor y = normalised(x, mean, inverse, at::full({2, 3}, 2.0, at::kDouble),
                                  at::full({2, 3}, 7.0, at::kDouble));
  EXPECT_TRUE(at::allclose(y.mean({2, 3}), at::full({2, 3}, 7.0, at::kDouble), 0, 1e-9));
  EXPECT_TRUE(at::allclose(y.flatten(2).std(2, /*unbiased=*/false),
                           at::full({2, 3}, 2.0, at::kDouble), 1e-4, 0));
}

}  // namespace
}  // namespace atelier::fast
