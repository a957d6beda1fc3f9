// SPDX-License-Identifier: Apache-2.0
#include "appraise/logistic.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

#include <cmath>

#include "appraise/calibration.hpp"
#include "appraise/rows.hpp"

namespace atelier::appraise {
namespace {

at::Tensor classes_of(const std::vector<std::int64_t>& values) {
  return at::tensor(values);
}

TEST(Logistic, BiasAloneGivesTheShares) {
  // Rows of zeros tell nothing: the probabilities are the weighted shares 3/4 and 1/4.
  const Linear head = fit_logistic(at::zeros({4, 2}, at::kDouble), classes_of({0, 0, 1, 1}), 2,
                                   at::tensor(std::vector<double>{3, 3, 1, 1}), 0.1);
  const at::Tensor p = at::softmax(head(at::zeros({1, 2}, at::kDouble)), 1);
  EXPECT_NEAR(p[0][0].item<double>(), 0.75, 1e-6);
}

TEST(Logistic, OneNumberIsKnownInClosedForm) {
  // Rows +1 and -1 of two classes: by symmetry the weights are (w, -w), and the gradient is
  // penalty w - (1 - s(2 w)) / ... = 0 with s the logistic function: penalty w = (1 - s(2w)) / 2
  // * 2.
  const double penalty = 0.3;
  const Linear head = fit_logistic(at::tensor(std::vector<double>{1, -1}).view({2, 1}),
                                   classes_of({0, 1}), 2, at::ones({2}, at::kDouble), penalty);
  const double w = head.weights[0][0].item<double>();
  EXPECT_NEAR(head.weights[0][1].item<double>(), -w, 1e-7);
  EXPECT_NEAR(penalty * w, 1 - 1 / (1 + std::exp(-2 * w)), 1e-6);
}

TEST(Logistic, GradientVanishesWhereItEnds) {
  const at::Tensor rows = test::deviates(60, 5);
  std::vector<std::int64_t> classes;
  for (int i = 0; i < 60; ++i) classes.push_back(i % 3);
  const at::Tensor weights = test::deviates(60, 1, "weights").squeeze(1).abs() + 0.5;
  const Linear head = fit_logistic(rows, classes_of(classes), 3, weights, 0.01);
  const auto loss = [&](const Linear& at) {
    const at::Tensor logs =
        at::log_softmax(at(rows), 1).gather(1, classes_of(classes).unsqueeze(1));
    return (-(logs.squeeze(1) * weights).sum() / weights.sum() + 0.005 * at.weights.square().sum())
        .item<double>();
  };
  const double least = loss(head), step = 1e-4;
  for (std::int64_t i = 0; i < 5; ++i) {
    for (std::int64_t c = 0; c < 3; ++c) {
      Linear moved{head.weights.clone(), head.bias};
      moved.weights[i][c] += step;
      const double up = loss(moved);
      moved.weights[i][c] -= 2 * step;
      EXPECT_NEAR((up - loss(moved)) / (2 * step), 0, 1e-5);
      EXPECT_GT(up, least);
    }
  }
}

TEST(Logistic, ASpanChangesNothing) {
  const at::Tensor rows = test::deviates(20, 50);  // more numbers than rows
  std::vector<std::int64_t> classes;
  for (int i = 0; i < 20; ++i) classes.push_back(i % 4);
  const at::Tensor ones = at::ones({20}, at::kDouble);
  const Span span = span_of(rows);
  EXPECT_LE(span.coordinates.size(1), 20);
  EXPECT_TRUE(at::allclose(at::mm(rows, span.back), span.coordinates, 1e-8, 1e-8));
  const Linear direct = fit_logistic(rows, classes_of(classes), 4, ones, 0.05);
  const Linear spanned =
      on_rows(fit_logistic(span.coordinates, classes_of(classes), 4, ones, 0.05), span);
  EXPECT_TRUE(at::allclose(direct(rows), spanned(rows), 1e-4, 1e-4));
  EXPECT_TRUE(at::allclose(direct.weights, spanned.weights, 1e-3, 1e-4));
}

TEST(Logistic, RidgeIsKnownInClosedForm) {
  // x = -1, 1 with y = 1, 5: slope 2 / (1 + penalty), middle 3.
  const Linear head = fit_ridge(at::tensor(std::vector<double>{-1, 1}).view({2, 1}),
                                at::tensor(std::vector<double>{1, 5}).view({2, 1}), 0.25);
  EXPECT_NEAR(head.weights.item<double>(), 1.6, 1e-12);
  EXPECT_NEAR(head.bias.item<double>(), 3, 1e-12);
}

TEST(Calibration, TemperatureOfOverconfidentLogits) {
  // Two of three right at logits (3, 0): calibrated where softmax gives 2/3, so 3 / T = log 2.
  const at::Tensor logits = at::tensor(std::vector<double>{3, 0, 3, 0, 3, 0}).view({3, 2});
  EXPECT_NEAR(fit_temperature(logits, classes_of({0, 0, 1})), 3 / std::log(2.0), 0.002);
}

TEST(Calibration, ErrorOfKnownBins) {
  // Sure by 0.9 and right half the time: 0.4 for these two; sure by 1 and right: 0.
  const at::Tensor p = at::tensor(std::vector<double>{0.9, 0.1, 0.9, 0.1, 1, 0, 1, 0}).view({4, 2});
  EXPECT_NEAR(calibration_error(p, classes_of({0, 1, 0, 0})), 0.2, 1e-9);
}

}  // namespace
}  // namespace atelier::appraise
