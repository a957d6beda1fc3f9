// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/row_matrix.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "atelier/base/random.hpp"
#include "sweeps.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {
namespace {

struct Product {
  std::size_t rows, columns;
  std::vector<float> weights, x, y;
};

Product random_product(std::size_t rows, std::size_t columns) {
  RandomStream chance(1, "row matrix");
  Product product{rows, columns, {}, {}, std::vector<float>(padded(rows), 7)};
  for (std::size_t i = 0; i < rows * columns; ++i) {
    product.weights.push_back(static_cast<float>(chance.normal()));
  }
  for (std::size_t i = 0; i < columns; ++i)
    product.x.push_back(static_cast<float>(chance.normal()));
  return product;
}

/// Compares y with plain loops over the rows that the matrix says it has.
void expect_products(const RowMatrix& matrix, const Product& product) {
  std::vector<float> row(product.columns);
  for (std::size_t r = 0; r < product.rows; ++r) {
    matrix.row(r, row.data());
    double sum = 0, size = 1e-6;
    for (std::size_t k = 0; k < product.columns; ++k) {
      sum += double{row[k]} * product.x[k];
      size += std::abs(double{row[k]} * product.x[k]);
    }
    EXPECT_NEAR(product.y[r], sum, 1e-5 * size) << r;
  }
  for (std::size_t r = product.rows; r < product.y.size(); ++r) EXPECT_EQ(product.y[r], 0);
}

TEST(RowMatrix, MultipliesOnEveryInstructionSet) {
  on_every_instruction_set([] {
    for (const std::size_t rows : {1, 15, 16, 33}) {
      for (const std::size_t columns : {1, 3, 4, 31, 256}) {
        for (const auto kind : {RowMatrix::Weights::fp16, RowMatrix::Weights::int8}) {
          Product product = random_product(rows, columns);
          const RowMatrix matrix(product.weights.data(), rows, columns, kind);
          matrix.multiply(product.x.data(), product.y.data());
          expect_products(matrix, product);
        }
      }
    }
  });
}

TEST(RowMatrix, RoundsAsSaid) {
  const Product product = random_product(20, 50);
  std::vector<float> row(product.columns);
  for (const auto kind : {RowMatrix::Weights::fp16, RowMatrix::Weights::int8}) {
    const RowMatrix matrix(product.weights.data(), 20, 50, kind);
    for (std::size_t r = 0; r < 20; ++r) {
      matrix.row(r, row.data());
      const float* exact = product.weights.data() + r * 50;
      float greatest = 0;
      for (std::size_t k = 0; k < 50; ++k) greatest = std::max(greatest, std::abs(exact[k]));
      for (std::size_t k = 0; k < 50; ++k) {
        const double allowed = kind == RowMatrix::Weights::fp16 ? std::abs(exact[k]) / 2048 + 1e-7
                                                                : greatest / 254 * 1.001;
        EXPECT_NEAR(row[k], exact[k], allowed);
      }
    }
  }
}

TEST(RowMatrix, OfZerosGivesZeros) {
  const std::vector<float> zeros(3 * 5), x(5, 2);
  std::vector<float> y(padded(3), 7);
  for (const auto kind : {RowMatrix::Weights::fp16, RowMatrix::Weights::int8}) {
    RowMatrix(zeros.data(), 3, 5, kind).multiply(x.data(), y.data());
    EXPECT_EQ(*std::max_element(y.begin(), y.end()), 0);
  }
}

}  // namespace
}  // namespace atelier::tensor
