// SPDX-License-Identifier: Apache-2.0
#include "gan/spectral_norm.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

train::Parameters parameters() {
  return {{{"a", {4, 3, 3, 3}, train::normal(1)}, {"b", {2, 2, 1, 1}, train::constant(0)}},
          1,
          at::kCPU};
}

TEST(SpectralNorm, DividesByTheGreatestSingularValue) {
  const train::Parameters p = parameters();
  SpectralNorm norm(p, {"a"});
  for (int i = 0; i < 100; ++i) norm.follow();
  const at::Tensor values = at::linalg_svdvals(norm("a").detach().flatten(1));
  EXPECT_NEAR(values[0].item<double>(), 1, 1e-4);
}

TEST(SpectralNorm, LeavesZerosFinite) {
  const train::Parameters p = parameters();
  EXPECT_EQ(SpectralNorm(p, {"b"})("b").abs().max().item<double>(), 0);
}

TEST(SpectralNorm, GoesOnFromItsState) {
  const train::Parameters p = parameters();
  SpectralNorm one(p, {"a"}), other(p, {"a"});
  one.follow();
  other.restore(one.state());
  EXPECT_TRUE(at::equal(one("a"), other("a")));
  EXPECT_THROW(other.restore({}), Error);
}

}  // namespace
}  // namespace atelier::gan
