// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/product.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

/// A product's operands and how they lie. Numbers between them are poison.
struct Case {
  std::size_t rows, depth, panels;
  bool turned = false, add = false;
  std::size_t gap = 0;  ///< floats between rows, panels and results

  [[nodiscard]] std::size_t columns() const { return panels * block; }
};

constexpr float poison = std::numeric_limits<float>::quiet_NaN();

/// C as multiply() leaves it and as plain loops do, rows x columns; false where it wrote between.
struct Outcome {
  std::vector<float> have;
  std::vector<double> want;
  bool clean = true;
};

template <class Element>
Outcome compute(const Case& shape, const Element& element) {
  const std::size_t a_step = (shape.turned ? shape.rows : shape.depth) + shape.gap,
                    b_step = shape.depth * block + shape.gap, c_step = shape.columns() + shape.gap;
  const Rows a_shape{nullptr, shape.turned ? 1 : a_step, shape.turned ? a_step : 1};
  std::vector<float> a(a_step * (shape.turned ? shape.depth : shape.rows), poison);
  std::vector<float> b(b_step * shape.panels, poison), c(c_step * shape.rows, poison);
  std::vector<double> plain_a, plain_b;
  Outcome outcome;
  for (std::size_t r = 0; r < shape.rows; ++r) {
    for (std::size_t k = 0; k < shape.depth; ++k) {
      plain_a.push_back(a[r * a_shape.row_step + k * a_shape.k_step] = element());
    }
  }
  for (std::size_t k = 0; k < shape.depth; ++k) {
    for (std::size_t x = 0; x < shape.columns(); ++x) {
      plain_b.push_back(b[x / block * b_step + k * block + x % block] = element());
    }
  }
  for (std::size_t r = 0; r < shape.rows; ++r) {
    std::vector<double> row(shape.columns());
    for (std::size_t x = 0; shape.add && x < shape.columns(); ++x) {
      row[x] = c[r * c_step + x] = element();
    }
    for (std::size_t k = 0; k < shape.depth; ++k) {
      for (std::size_t x = 0; x < shape.columns(); ++x) {
        row[x] += plain_a[r * shape.depth + k] * plain_b[k * shape.columns() + x];
      }
    }
    outcome.want.insert(outcome.want.end(), row.begin(), row.end());
  }
  multiply({a.data(), a_shape.row_step, a_shape.k_step}, shape.rows, shape.depth,
           {b.data(), b_step}, shape.panels, c.data(), c_step, shape.add);
  for (std::size_t r = 0; r < shape.rows; ++r) {
    const auto row = c.begin() + static_cast<std::ptrdiff_t>(r * c_step);
    const auto end = row + static_cast<std::ptrdiff_t>(shape.columns());
    outcome.have.insert(outcome.have.end(), row, end);
    outcome.clean = outcome.clean && std::all_of(end, end + static_cast<std::ptrdiff_t>(shape.gap),
                                                 [](float v) { return std::isnan(v); });
  }
  return outcome;
}

Outcome compute_random(const Case& shape) {
  RandomStream random(shape.rows * 1000 + shape.depth, "product");
  return compute(shape, [&] { return static_cast<float>(random.normal()); });
}

/// Small whole numbers, whose products and sums fp32 holds exactly.
Outcome compute_whole(const Case& shape) {
  RandomStream random(shape.rows * 1000 + shape.depth, "product");
  return compute(shape,
                 [&] { return static_cast<float>(static_cast<int>(random.next() % 17) - 8); });
}

TEST(Product, IsExactForSmallWholeNumbers) {
  on_every_instruction_set([] {
    for (std::size_t rows = 1; rows <= 27; ++rows) {
      for (const std::size_t depth : {1, 2, 9, 16, 27}) {
        for (const std::size_t panels : {1, 2, 3}) {
          for (const bool turned : {false, true}) {
            for (const bool add : {false, true}) {
              const Outcome outcome = compute_whole({rows, depth, panels, turned, add, rows % 3});
              ASSERT_TRUE(std::equal(outcome.want.begin(), outcome.want.end(), outcome.have.begin(),
                                     outcome.have.end()))
                  << rows << " x " << depth << " x " << panels << " panels, add " << add;
              ASSERT_TRUE(outcome.clean);
            }
          }
        }
      }
    }
  });
}

/// Beyond 256 a product is done in parts, each added to the last.
TEST(Product, IsExactInSeveralParts) {
  on_every_instruction_set([] {
    for (const std::size_t depth : {255, 256, 257, 512, 513, 700}) {
      for (const bool add : {false, true}) {
        const Outcome outcome = compute_whole({13, depth, 5, false, add, 0});
        ASSERT_TRUE(std::equal(outcome.want.begin(), outcome.want.end(), outcome.have.begin()))
            << depth;
      }
    }
  });
}

TEST(Product, AgreesWithPlainLoops) {
  Worst worst;
  on_every_instruction_set([&] {
    RandomStream random(1, "products");
    for (int i = 0; i < 60; ++i) {
      const auto number = [&](int highest) {
        return static_cast<std::size_t>(pick(random, 1, highest));
      };
      const Case shape{number(150), number(600), number(7), i % 2 == 0, i % 3 == 0, number(40) - 1};
      const Outcome outcome = compute_random(shape);
      const double usual = std::sqrt(static_cast<double>(shape.depth));
      const double error = relative_error<double>(outcome.have, outcome.want, usual);
      worst.see(error);
      ASSERT_LE(error, 1e-6) << shape.rows << " x " << shape.depth << " x " << shape.panels;
      ASSERT_TRUE(outcome.clean);
    }
  });
  record("product", worst);
}

TEST(Product, OfNoRowsTouchesNothing) {
  on_every_instruction_set([] {
    const float one = 1;
    float c = 3;
    multiply({&one, 1, 1}, 0, 1, {&one, block}, 0, &c, block, false);
    EXPECT_EQ(c, 3);
  });
}

TEST(InstructionSets, AreReachedByTheirName) {
  std::set<std::string> names;
  on_every_instruction_set([&] { names.insert(instruction_set()); });
  EXPECT_EQ(names.size(), hwy::SupportedAndGeneratedTargets().size());
  EXPECT_THAT(names, testing::IsSubsetOf({"AVX-512", "AVX2", "SSE4", "NEON", "plain"}));
}

}  // namespace
}  // namespace atelier::tensor
