// SPDX-License-Identifier: Apache-2.0
#include "sequence/attention.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "forms.hpp"

namespace atelier::sequence {
namespace {

/// Loops over the formula.
at::Tensor looped(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
  const std::int64_t past = k.size(2) - q.size(2);
  at::Tensor out = at::zeros_like(q);
  for (std::int64_t n = 0; n < q.size(0); ++n) {
    for (std::int64_t h = 0; h < q.size(1); ++h) {
      for (std::int64_t t = 0; t < q.size(2); ++t) {
        double sum = 0;
        for (std::int64_t s = 0; s <= past + t; ++s) {
          const double weight = std::exp(q[n][h][t].dot(k[n][h][s]).item<double>() /
                                         std::sqrt(static_cast<double>(q.size(3))));
          out[n][h][t] += weight * v[n][h][s];
          sum += weight;
        }
        out[n][h][t] /= sum;
      }
    }
  }
  return out;
}

TEST(CausalAttention, IsTheFormula) {
  for (const std::int64_t length : {1, 3, 6}) {
    const at::Tensor q = normal_numbers({2, 3, length, 4}, "q");
    const at::Tensor k = normal_numbers({2, 3, 6, 4}, "k"), v = normal_numbers({2, 3, 6, 4}, "v");
    const at::Tensor want = looped(q, k, v);
    EXPECT_TRUE(at::allclose(plain_causal_attention(q, k, v), want)) << length;
    EXPECT_TRUE(at::allclose(causal_attention(q, k, v), want)) << length;
    EXPECT_TRUE(at::allclose(causal_attention(q.to(at::kFloat), k.to(at::kFloat), v.to(at::kFloat)),
                             want.to(at::kFloat), 1e-4, 1e-5))
        << length;
  }
}

}  // namespace
}  // namespace atelier::sequence
