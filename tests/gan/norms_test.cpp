// SPDX-License-Identifier: Apache-2.0
#include "gan/norms.hpp"

#include <gtest/gtest.h>

#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

TEST(Normaliser, GivesEachGroupMeanZeroAndDeviationOne) {
  const at::Tensor x = normal_tensor({8, 3, 5, 5}, "x") * 3 + 2;
  const at::Tensor y = Normaliser{4}("layer", x);
  for (const at::Tensor& group : y.split(4)) {
    EXPECT_LT(group.mean({0, 2, 3}).abs().max().item<double>(), 1e-5);
    EXPECT_NEAR(group.square().mean().item<double>(), 1, 1e-4);
  }
}

TEST(Normaliser, NormalisesTheSamePicturesTogetherHoweverTheBatchIsDivided) {
  const at::Tensor x = normal_tensor({8, 3, 5, 5}, "x");
  const Normaliser normalise{4};
  const at::Tensor whole = normalise("layer", x);
  const at::Tensor halves =
      at::cat({normalise("layer", x.narrow(0, 0, 4)), normalise("layer", x.narrow(0, 4, 4))});
  EXPECT_TRUE(at::equal(whole, halves));
}

TEST(Normaliser, TakesGivenNormsWhateverStandsBeside) {
  const at::Tensor x = normal_tensor({4, 3, 5, 5}, "x") * 2 - 1;
  NormSums sums;
  const at::Tensor own = Normaliser{4, nullptr, &sums}("layer", x);
  const Norms norms = sums.norms();
  const Normaliser given{4, &norms, nullptr};
  EXPECT_TRUE(at::allclose(given("layer", x), own, 1e-4, 1e-5));
  EXPECT_TRUE(at::equal(given("layer", x).narrow(0, 1, 1), given("layer", x.narrow(0, 1, 1))));
}

TEST(NormSums, AddUpOverBatches) {
  const at::Tensor x = normal_tensor({8, 3, 5, 5}, "x") + at::arange(8).view({8, 1, 1, 1});
  NormSums whole, parts;
  whole.add("layer", x);
  for (const at::Tensor& part : x.split(2)) parts.add("layer", part);
  EXPECT_TRUE(at::allclose(whole.norms().at("layer").first, parts.norms().at("layer").first));
  EXPECT_TRUE(at::allclose(whole.norms().at("layer").second, parts.norms().at("layer").second));
}

}  // namespace
}  // namespace atelier::gan
