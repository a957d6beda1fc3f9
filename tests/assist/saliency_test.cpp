// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/saliency.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "assist/made_pictures.hpp"
#include "atelier/image/file.hpp"

namespace atelier::assist {
namespace {

using namespace test;

double at(const image::Mask& mask, double x, double y) {
  return mask.values[static_cast<std::size_t>(y * mask.height) * mask.width +
                     static_cast<std::size_t>(x * mask.width)];
}

double most(const image::Mask& mask) {
  return *std::max_element(mask.values.begin(), mask.values.end());
}

TEST(Saliency, ADiscStandsOutAndItsSurroundingsDoNot) {
  image::Image picture = flat({400, 300}, {0.3, 0.5, 0.35});
  put_disc(picture, 260, 110, 40, {0.9, 0.4, 0.2});
  add_noise(picture, 0.02, 1);
  const image::Mask map = saliency(picture);
  EXPECT_EQ(map.width, 300);
  EXPECT_EQ(map.height, 225);
  EXPECT_GT(at(map, 260 / 400.0, 110 / 300.0), 0.95);
  EXPECT_GT(at(map, 240 / 400.0, 100 / 300.0), 0.95);
  for (const double x : {0.05, 0.3, 0.9}) {
    for (const double y : {0.05, 0.6, 0.95}) EXPECT_LT(at(map, x, y), 0.1) << x << ' ' << y;
  }
}

TEST(Saliency, NothingStandsOutWhereThereIsNothing) {
  EXPECT_EQ(most(saliency(flat({200, 100}, {1, 1, 1}))), 0);
  EXPECT_EQ(most(saliency(flat({1, 1}, {0.2, 0.3, 0.4}))), 0);
  EXPECT_EQ(most(saliency(flat({1, 500}, {0.2, 0.3, 0.4}))), 0);
  image::Image noise = flat({300, 200}, {0.5, 0.5, 0.5});
  add_noise(noise, 0.01, 2);
  EXPECT_LT(most(saliency(noise)), 0.5);
}

TEST(Saliency, IsStableUnderResizing) {
  image::Image picture = flat({640, 480}, {0.75, 0.8, 0.85});
  put(picture, {150, 200, 330, 400}, {0.2, 0.25, 0.2});
  put_disc(picture, 480, 120, 45, {0.8, 0.2, 0.2});
  const image::Mask map = saliency(picture);
  for (const image::Size size : {image::Size{320, 240}, {160, 120}, {1280, 960}}) {
    const image::Mask other = saliency(image::resize(picture, size));
    ASSERT_EQ(other.values.size(), map.values.size());
    double away = 0;
    for (std::size_t i = 0; i < map.values.size(); ++i)
      away += std::abs(map.values[i] - other.values[i]) / static_cast<double>(map.values.size());
    EXPECT_LT(away, 0.02) << size.width;
  }
}

TEST(Saliency, WhatIsTransparentShowsNothing) {
  image::Image picture = flat({120, 90}, {0.5, 0.5, 0.5});
  put(picture, {30, 30, 60, 60}, {1, 0, 0});
  picture.alpha.assign(picture.pixels(), 0.0F);
  EXPECT_EQ(most(saliency(picture)), 0);
}

}  // namespace
}  // namespace atelier::assist
