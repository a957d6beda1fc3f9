// SPDX-License-Identifier: Apache-2.0
#include "tensor/blas_kernels.hpp"

#include <gtest/gtest.h>

namespace atelier::tensor {
namespace {

TEST(BlasKernels, OfOlderProcessorsAreBettered) {
  EXPECT_EQ(better_blas_kernels("Prescott", "AVX-512"), "SkylakeX");
  EXPECT_EQ(better_blas_kernels("Prescott", "AVX2"), "Haswell");
  EXPECT_EQ(better_blas_kernels("Sandybridge", "AVX2"), "Haswell");
}

TEST(BlasKernels, ThatFitStay) {
  for (const char* taken : {"Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids", ""}) {
    EXPECT_EQ(better_blas_kernels(taken, "AVX-512"), "") << taken;
  }
  EXPECT_EQ(better_blas_kernels("Nehalem", "SSE4"), "");
  EXPECT_EQ(better_blas_kernels("neoversen1", "NEON"), "");
}

}  // namespace
}  // namespace atelier::tensor
