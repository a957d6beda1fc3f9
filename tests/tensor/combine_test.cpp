// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/combine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

/// Sizes around a vector, a stretch of 2048 and an item of 32 stretches.
const std::vector<std::size_t> sizes{0, 1, 7, 33, 2047, 2048, 2049, 65535, 65536, 200001};

std::vector<float> numbers(std::size_t size, std::uint64_t seed) {
  RandomStream random(seed, "combine");
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

TEST(Combine, InnerProductsAreThoseOfPlainLoops) {
  on_every_instruction_set([] {
    for (const std::size_t size : sizes) {
      SCOPED_TRACE(size);
      const std::vector<float> a = numbers(size, 1), b = numbers(size, 2), with = numbers(size, 3);
      const std::vector<const float*> vectors{a.data(), b.data(), with.data()};
      const std::vector<double> have = inner_products(vectors, with.data(), size);
      ASSERT_EQ(have.size(), 3U);
      for (std::size_t v = 0; v < 3; ++v) {
        double want = 0, scale = 1e-30;
        for (std::size_t i = 0; i < size; ++i) {
          want += static_cast<double>(vectors[v][i]) * with[i];
          scale += std::abs(static_cast<double>(vectors[v][i]) * with[i]);
        }
        EXPECT_NEAR(have[v], want, 1e-6 * scale);
      }
    }
  });
}

TEST(Combine, CombinationsAreThoseOfPlainLoops) {
  on_every_instruction_set([] {
    for (const std::size_t size : sizes) {
      SCOPED_TRACE(size);
      const std::vector<float> a = numbers(size, 1), b = numbers(size, 2),
                               before = numbers(size, 3);
      const std::vector<const float*> vectors{a.data(), b.data()};
      const std::vector<double> factors{0.5, -3};
      std::vector<float> to = before;
      add_combination(vectors, factors, size, to.data());
      for (std::size_t i = 0; i < size; ++i) {
        ASSERT_NEAR(to[i], before[i] + 0.5 * a[i] - 3.0 * b[i], 2e-6) << i;
      }
    }
  });
}

TEST(Combine, SameBytesForEveryNumberOfThreads) {
  const std::vector<float> a = numbers(300001, 1), with = numbers(300001, 2);
  const std::vector<const float*> vectors{a.data()};
  expect_same_for_every_number_of_threads(
      [&] { return inner_products(vectors, with.data(), with.size()); });
}

TEST(Combine, NothingComesOfNoVectors) {
  std::vector<float> to{1, 2, 3};
  EXPECT_TRUE(inner_products({}, to.data(), to.size()).empty());
  add_combination({}, {}, to.size(), to.data());
  EXPECT_EQ(to, (std::vector<float>{1, 2, 3}));
}

}  // namespace
}  // namespace atelier::tensor
