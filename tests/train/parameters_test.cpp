// SPDX-License-Identifier: Apache-2.0
#include "train/parameters.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::train {
namespace {

Parameters some(std::uint64_t seed = 1) {
  return {{{"a", {2, 3}, normal(0.5)}, {"b", {4}, constant(2)}}, seed, at::kCPU};
}

TEST(Parameters, BeginAsSaid) {
  const Parameters p({{"n", {10000}, normal(0.5)}, {"c", {4}, constant(2)}}, 1, at::kCPU);
  EXPECT_NEAR(p["n"].std().item<double>(), 0.5, 0.02);
  EXPECT_NEAR(p["n"].mean().item<double>(), 0, 0.02);
  EXPECT_TRUE(at::equal(p["c"].detach(), at::full({4}, 2.0F)));
  EXPECT_EQ(p.count(), 10004);
}

TEST(Parameters, BeginAlikeWhateverOthersThereAre) {
  const Parameters p({{"z", {5}, normal(1)}, {"a", {2, 3}, normal(0.5)}}, 1, at::kCPU);
  EXPECT_TRUE(at::equal(p["a"], some()["a"]));
  EXPECT_FALSE(at::equal(p["a"], some(2)["a"]));
}

TEST(Parameters, OfAFinishedModelAreItsNumbers) {
  const Parameters p = some();
  nets::TensorMap tensors = p.tensors();
  const Parameters taken(p.specs(), tensors, at::kCPU);
  EXPECT_TRUE(at::equal(taken.values(), p.values()));
  EXPECT_TRUE(at::equal(taken.gradients(), at::zeros_like(p.values())));
  tensors.erase("b");
  EXPECT_THROW(Parameters(p.specs(), tensors, at::kCPU), Error);
}

TEST(Parameters, GradientsGatherInOneVector) {
  const Parameters p = some();
  (p["a"].sum() * 3 + p["b"].square().sum()).backward();
  (p["a"].sum()).backward();
  EXPECT_TRUE(
      at::equal(p.gradients(), at::tensor({4.F, 4.F, 4.F, 4.F, 4.F, 4.F, 4.F, 4.F, 4.F, 4.F})));
}

TEST(Parameters, TakeGradientsByTheirLeaves) {
  const Parameters p = some();
  std::vector<at::Tensor> by_leaves;
  for (const at::Tensor& leaf : p.leaves()) by_leaves.push_back(at::full_like(leaf, 2).detach());
  ASSERT_EQ(by_leaves.size(), p.specs().size());
  p.add_gradients(by_leaves);
  by_leaves.front() = at::Tensor();
  p.add_gradients(by_leaves);
  const auto first = p.leaves().front().numel();
  EXPECT_TRUE(at::equal(p.gradients().narrow(0, 0, first), at::full({first}, 2.0F)));
  const auto rest = p.count() - first;
  EXPECT_TRUE(at::equal(p.gradients().narrow(0, first, rest), at::full({rest}, 4.0F)));
}

TEST(Parameters, OfSeveralTakeTheGradientsOfOneLoss) {
  const Parameters one = some(), other = some(9);
  add_gradients((one["a"] * other["a"]).sum() + 3 * other["b"].sum(), {&one, &other});
  EXPECT_TRUE(at::equal(one["a"].grad(), other["a"].detach()));
  EXPECT_TRUE(at::equal(other["a"].grad(), one["a"].detach()));
  EXPECT_TRUE(at::equal(one["b"].grad(), at::zeros_like(one["b"])));
  EXPECT_TRUE(at::equal(other["b"].grad(), at::full_like(other["b"], 3)));
}

TEST(Parameters, MovingTheVectorMovesTheViews) {
  const Parameters p = some();
  {
    const at::NoGradGuard no_gradient;
    p.values().fill_(7);
  }
  EXPECT_EQ(p["b"][3].item<float>(), 7);
}

TEST(Parameters, LoadWhatWasSavedInHalfToo) {
  const Parameters from = some();
  Parameters to = some(9);
  nets::TensorMap half;
  for (const auto& [name, t] : from.tensors()) half[name] = t.to(at::kHalf);
  to.load(half);
  EXPECT_TRUE(at::allclose(to.values(), from.values(), 1e-3, 1e-6));
  to.load(from.tensors());
  EXPECT_TRUE(at::equal(to.values(), from.values()));
}

TEST(Parameters, RefuseAnotherModelsWeights) {
  Parameters p = some();
  nets::TensorMap tensors = p.tensors();
  tensors["a"] = at::zeros({3, 2});
  EXPECT_THROW(p.load(tensors), Error);
  tensors.erase("a");
  EXPECT_THROW(p.load(tensors), Error);
}

}  // namespace
}  // namespace atelier::train
