// SPDX-License-Identifier: Apache-2.0
#include "fast/architecture.hpp"

#include <gtest/gtest.h>

#include <set>

namespace atelier::fast {
namespace {

std::int64_t parameters(const Architecture& a) {
  std::int64_t sum = 0;
  for (const auto& spec : parameter_specs(a)) {
    std::int64_t count = 1;
    for (const auto n : spec.shape) count *= n;
    sum += count;
  }
  return sum;
}

TEST(Architecture, FitsItsBudgets) {
  const Architecture a;
  EXPECT_LE(2 * parameters(a), 8'000'000) << "bytes in half precision";
  EXPECT_LE(products_per_pixel(a), 82'000) << "multiply-adds a pixel";
  RecordProperty("parameters", std::to_string(parameters(a)));
  RecordProperty("products_per_pixel", std::to_string(products_per_pixel(a)));
}

TEST(Architecture, NamesEveryParameterOnce) {
  for (const char* form : {"modulated", "plain"}) {
    std::set<std::string> names;
    for (const auto& spec : parameter_specs(architecture_of(form))) {
      EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    }
  }
}

TEST(Architecture, PlainFormHasTheSameConvolutionsButForGrain) {
  const Architecture a = architecture_of("modulated");
  EXPECT_EQ(
      products_per_pixel(architecture_of("plain")) + static_cast<double>(9 * a.grain * a.full),
      products_per_pixel(a));
}

}  // namespace
}  // namespace atelier::fast
