// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/dot.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

TEST(Dot, IsThatOfPlainLoopsForEverySize) {
  RandomStream random(1, "dot");
  Worst worst;
  for (const std::size_t size : {0, 1, 3, 15, 16, 17, 63, 64, 65, 193, 1280, 4099}) {
    std::vector<float> a(size + 1), b(size + 1);  // one more, which must not count
    for (float& v : a) v = static_cast<float>(random.normal());
    for (float& v : b) v = static_cast<float>(random.normal());
    double expected = 0, scale = 0;
    for (std::size_t i = 0; i < size; ++i) {
      expected += double{a[i]} * b[i];
      scale += std::abs(double{a[i]} * b[i]);
    }
    on_every_instruction_set([&] {
      const double error = std::abs(dot(a.data(), b.data(), size) - expected);
      worst.see(error);
      EXPECT_LE(error, 1e-6 * scale) << size;
    });
  }
  record("worst", worst);
}

/// Exact: small whole numbers lose nothing in fp32.
TEST(Dot, OfWholeNumbersIsExact) {
  std::vector<float> a(1000), b(1000, 2);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i + 1);
  on_every_instruction_set([&] { EXPECT_EQ(dot(a.data(), b.data(), 1000), 1001000.0F); });
}

}  // namespace
}  // namespace atelier::tensor
