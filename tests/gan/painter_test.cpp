// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/painter.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "gan/painter_content.hpp"
#include "untrained_painter.hpp"

namespace atelier::gan {
namespace {

class PainterTest : public testing::Test {
 protected:
  const TemporaryFolder folder_;
  const Painter painter_{untrained_model(folder_.path(), {"skip", 32, 8, 8, 2})};
};

double apart(const Latent& a, const Latent& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    sum += std::pow(a.values[i] - b.values[i], 2);
  }
  return std::sqrt(sum);
}

TEST_F(PainterTest, PaintsTheSameFromTheSameSeed) {
  const image::Image one = painter_.paint(painter_.from_seed(1));
  EXPECT_EQ(one.width, 32);
  EXPECT_EQ(one.rgb, painter_.paint(painter_.from_seed(1)).rgb);
  EXPECT_NE(one.rgb, painter_.paint(painter_.from_seed(2)).rgb);
}

TEST_F(PainterTest, TruncationPullsToTheMeanOfTheClass) {
  const Latent mean = painter_.mean(1);
  const double whole = apart(painter_.from_seed(1, 1, 1), mean);
  EXPECT_NEAR(apart(painter_.from_seed(1, 0, 1), mean), 0, 1e-6);
  EXPECT_NEAR(apart(painter_.from_seed(1, 0.5, 1), mean), whole / 2, 1e-5);
  EXPECT_NE(apart(painter_.from_seed(1, 1, 0), painter_.from_seed(1, 1, 1)), 0);
  EXPECT_EQ(painter_.classes().size(), 2U);
}

TEST_F(PainterTest, WhatIsReadOfDirectionsStandsUprightOnEachOtherTheLongestFirst) {
  const auto directions = painter_.directions(20);
  ASSERT_EQ(directions.size(), 10U);  // eight of chance, two of classes
  const at::Tensor reading = painter_.content().generator->reading();
  std::vector<at::Tensor> read;
  for (const Direction& direction : directions) {
    read.push_back(reading.mv(at::tensor(direction.style)));
  }
  const auto dot = [&](std::size_t i, std::size_t j) {
    return read[i].dot(read[j]).item<double>();
  };
  for (std::size_t i = 0; i + 1 < read.size(); ++i) {
    EXPECT_GE(dot(i, i), dot(i + 1, i + 1) - 1e-6);
    EXPECT_NEAR(dot(i, i + 1), 0, 1e-5);
  }
}

TEST_F(PainterTest, RefusesLatentsOfAnotherAndClassesThatItDoesNotKnow) {
  EXPECT_THROW(static_cast<void>(painter_.paint({1, 8, std::vector<float>(8)})), Error);
  EXPECT_THROW(static_cast<void>(painter_.from_seed(1, 1, 2)), Error);
  EXPECT_THROW(static_cast<void>(painter_.mean(2)), Error);
}

}  // namespace
}  // namespace atelier::gan
