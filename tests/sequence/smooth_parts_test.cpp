// SPDX-License-Identifier: Apache-2.0
// What has a derivative of its own: the norm and SwiGLU.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "forms.hpp"
#include "sequence/norm.hpp"
#include "sequence/swiglu.hpp"

namespace atelier::sequence {
namespace {

template <class F>
double error_of(const F& f, const at::Tensor& x) {
  const at::Tensor weights = normal_numbers(f(x).sizes(), "weights");
  at::Tensor leaf = x.clone().requires_grad_(true);
  const at::Tensor gradient = torch::autograd::grad({(f(leaf) * weights).sum()}, {leaf})[0];
  const at::Tensor moved = x.clone();
  return gradient_error([&] { return (f(moved) * weights).sum().template item<double>(); }, moved,
                        gradient);
}

TEST(RmsNorm, LeavesAMeanSquareOfOne) {
  const at::Tensor y = rms_normalised(normal_numbers({3, 5, 8}, "x") * 7);
  EXPECT_TRUE(at::allclose(y.square().mean(-1), at::ones({3, 5}, at::kDouble), 1e-6));
  EXPECT_EQ(rms_normalised(at::zeros({2, 8})).abs().max().item<double>(), 0);
}

TEST(RmsNorm, HasTheDerivativeOfCentralDifferences) {
  EXPECT_LT(error_of([](const at::Tensor& x) { return rms_normalised(x); },
                     normal_numbers({2, 3, 8}, "x")),
            1e-7);
}

TEST(SwiGlu, IsTheProductOfItsHalves) {
  const at::Tensor x = normal_numbers({2, 3, 8}, "x");
  const at::Tensor g = x.narrow(2, 0, 4), u = x.narrow(2, 4, 4);
  EXPECT_TRUE(at::allclose(swiglu(x), g * g.sigmoid() * u));
}

TEST(SwiGlu, HasTheDerivativeOfCentralDifferences) {
  EXPECT_LT(error_of([](const at::Tensor& x) { return swiglu(x); }, normal_numbers({2, 3, 8}, "x")),
            1e-7);
}

}  // namespace
}  // namespace atelier::sequence
