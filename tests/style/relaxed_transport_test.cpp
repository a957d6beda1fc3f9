// SPDX-License-Identifier: Apache-2.0
#include "style/losses/relaxed_transport.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"
#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

at::Tensor ones(std::int64_t count, at::ScalarType type = at::kDouble) {
  return at::ones({count}, type);
}

double value(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& style, Cost cost,
             Sides sides) {
  return relaxed_transport(x, weights, style, cost, sides, /*with_gradient=*/false).value;
}

/// Calls `check` for every cost and for one side and both.
void for_all(const std::function<void(Cost, Sides)>& check) {
  for (const Cost cost : {Cost::cosine, Cost::euclidean}) {
    for (const Sides sides : {Sides::picture, Sides::both}) {
      SCOPED_TRACE(testing::Message() << (cost == Cost::cosine ? "cosine" : "euclidean")
                                      << (sides == Sides::both ? ", both" : ", picture"));
      check(cost, sides);
    }
  }
}

/// The definition, pair by pair.
double plain(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& style, Cost cost,
             Sides sides) {
  const at::Tensor off = style - style.mean(0, true);
  const double spread = off.square().sum(1).mean().item<double>();
  const auto pair = [&](std::int64_t i, std::int64_t j) {
    const at::Tensor a = x[i], b = style[j];
    if (cost == Cost::euclidean) return (a - b).square().sum().item<double>() / spread;
    return 1 - (a.dot(b) / (a.norm() * b.norm())).item<double>();
  };
  double from_picture = 0, from_style = 0;
  for (std::int64_t i = 0; i < x.size(0); ++i) {
    double least = 1e300;
    for (std::int64_t j = 0; j < style.size(0); ++j) least = std::min(least, pair(i, j));
    from_picture += least * (weights[i] / weights.sum()).item<double>();
  }
  if (sides == Sides::picture) return from_picture;
  const double enough = 0.5 * weights.max().item<double>();
  for (std::int64_t j = 0; j < style.size(0); ++j) {
    double least = 1e300;
    for (std::int64_t i = 0; i < x.size(0); ++i) {
      if (weights[i].item<double>() >= enough) least = std::min(least, pair(i, j));
    }
    from_style += least / static_cast<double>(style.size(0));
  }
  return std::max(from_picture, from_style);
}

TEST(RelaxedTransport, IsItsDefinition) {
  for_all([](Cost cost, Sides sides) {
    for (const auto& [rows, style_rows] : {std::pair{7, 9}, {9, 4}, {1, 3}, {5, 1}}) {
      if (cost == Cost::euclidean && style_rows == 1) continue;  // has no spread
      const at::Tensor x = random_tensor({rows, 6}, 1), style = random_tensor({style_rows, 6}, 2);
      for (const at::Tensor& weights : {ones(rows), random_tensor({rows}, 3).abs()}) {
        EXPECT_NEAR(value(x, weights, style, cost, sides), plain(x, weights, style, cost, sides),
                    1e-12);
      }
    }
  });
}

TEST(RelaxedTransport, VanishesBetweenTheSameRowsInAnyOrder) {
  for_all([](Cost cost, Sides sides) {
    const at::Tensor x = random_tensor({300, 5}, 1);
    EXPECT_NEAR(value(x.flip(0), ones(300), x, cost, sides), 0, 1e-12);
  });
}

TEST(RelaxedTransport, OneSideIsContentWithAPartOfTheStyle) {
  const at::Tensor style = random_tensor({20, 5}, 1), part = style.narrow(0, 3, 6);
  for (const Cost cost : {Cost::cosine, Cost::euclidean}) {
    EXPECT_NEAR(value(part, ones(6), style, cost, Sides::picture), 0, 1e-12);
    EXPECT_GT(value(part, ones(6), style, cost, Sides::both), 0.05);
  }
}

TEST(RelaxedTransport, OppositeDirectionsCostTwo) {
  const at::Tensor x = at::tensor({1.0, 0.0}, at::kDouble).view({1, 2});
  EXPECT_NEAR(value(x, ones(1), -3 * x, Cost::cosine, Sides::both), 2, 1e-12);
}

TEST(RelaxedTransport, RowsWithoutWeightCountNothing) {
  for_all([](Cost cost, Sides sides) {
    const at::Tensor x = random_tensor({8, 4}, 1), style = random_tensor({5, 4}, 2);
    at::Tensor weights = ones(8);
    weights.narrow(0, 5, 3).zero_();
    const RowsLoss loss = relaxed_transport(x, weights, style, cost, sides, true);
    EXPECT_NEAR(loss.value, value(x.narrow(0, 0, 5), ones(5), style, cost, sides), 1e-12);
    EXPECT_EQ(loss.by_rows.narrow(0, 5, 3).abs().max().item<double>(), 0);
  });
}

TEST(RelaxedTransport, DerivativesPassCentralDifferences) {
  for_all([](Cost cost, Sides sides) {
    for (const auto& [rows, style_rows] : {std::pair{6, 9}, {9, 4}}) {
      const at::Tensor x = random_tensor({rows, 5}, 1), style = random_tensor({style_rows, 5}, 2),
                       weights = random_tensor({rows}, 3).abs();
      const RowsLoss loss = relaxed_transport(x, weights, style, cost, sides, true);
      const auto f = [&](const at::Tensor& at) { return value(at, weights, style, cost, sides); };
      EXPECT_LT(gradient_error(f, x, loss.by_rows), 1e-6);
    }
  });
}

TEST(RelaxedTransport, BlocksAndThreadsChangeNothing) {
  const at::Tensor x = random_tensor({700, 12}, 1).to(at::kFloat),
                   style = random_tensor({600, 12}, 2).to(at::kFloat);
  for_all([&](Cost cost, Sides sides) {
    tensor::set_worker_count(1);
    const RowsLoss one = relaxed_transport(x, ones(700, at::kFloat), style, cost, sides, true);
    tensor::set_worker_count(3);
    const RowsLoss three = relaxed_transport(x, ones(700, at::kFloat), style, cost, sides, true);
    tensor::set_worker_count(1);
    EXPECT_EQ(one.value, three.value);
    EXPECT_TRUE(at::equal(one.by_rows, three.by_rows));
    const double exact = value(x.to(at::kDouble), ones(700), style.to(at::kDouble), cost, sides);
    EXPECT_NEAR(one.value, exact, 1e-6);
  });
}

}  // namespace
}  // namespace atelier::style
