// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/values.hpp"

#include <gmock/gmock.h>

#include <numeric>
#include <set>

#include "assist/made_pictures.hpp"
#include "base/error_matcher.hpp"

namespace atelier::assist {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(Values, ThreeBandsAreThreeValues) {
  image::Image picture = flat({300, 200}, {0.1, 0.1, 0.1});
  put(picture, {150, 0, 240, 200}, {0.5, 0.5, 0.5});
  put(picture, {240, 0, 300, 200}, {0.95, 0.95, 0.95});
  const Values values = study_values(picture, 3).values;
  EXPECT_NEAR(values.shares[0], 0.5, 0.005);
  EXPECT_NEAR(values.shares[1], 0.3, 0.005);
  EXPECT_NEAR(values.shares[2], 0.2, 0.005);
  EXPECT_NEAR(values.lightness[1], image::oklab_from_srgb({0.5, 0.5, 0.5}).L, 0.01);
  EXPECT_GT(values.clearness, 0.995);
  EXPECT_EQ(values.masses, 3);
  EXPECT_NEAR(values.largest, 0.5, 0.005);
}

TEST(Values, AFewSpecksDoNotMakeAreas) {
  image::Image picture = flat({300, 200}, {0.1, 0.1, 0.1});
  put(picture, {0, 100, 300, 200}, {0.9, 0.9, 0.9});
  for (int i = 0; i < 20; ++i) put_disc(picture, 15 * i + 7, 50, 2.5, {0.9, 0.9, 0.9});
  const ValueStudy study = study_values(picture, 3);
  EXPECT_EQ(study.values.masses, 2);
  EXPECT_EQ(std::set<float>(study.picture.rgb.begin(), study.picture.rgb.end()).size(), 2U);
}

TEST(Values, FiveStepsOfARampHaveLikeShares) {
  image::Image picture = flat({300, 60}, {0, 0, 0});
  for (int x = 0; x < 300; ++x) {
    const image::Rgb rgb = image::srgb_from_oklab({x / 299.0, 0, 0});
    put(picture, {static_cast<double>(x), 0, x + 1.0, 60}, rgb);
  }
  const Values values = study_values(picture, 5).values;
  for (const double share : values.shares) EXPECT_NEAR(share, 0.2, 0.02);
  EXPECT_NEAR(std::accumulate(values.shares.begin(), values.shares.end(), 0.0), 1, 1e-9);
  EXPECT_NEAR(values.clearness, 1 - 1.0 / 25, 0.01);
}

TEST(Values, PatternsHaveWords) {
  image::Image picture = flat({200, 200}, {0.05, 0.05, 0.05});
  put(picture, {20, 20, 60, 60}, {0.95, 0.95, 0.95});
  EXPECT_EQ(study_values(picture, 3).values.pattern, "light accents on dark");
}

TEST(Values, FlatTransparentAndTinyPictures) {
  const Values flat_values = study_values(flat({40, 30}, {0.5, 0.5, 0.5}), 3).values;
  EXPECT_NEAR(std::accumulate(flat_values.shares.begin(), flat_values.shares.end(), 0.0), 1, 1e-9);
  EXPECT_EQ(flat_values.masses, 1);
  EXPECT_EQ(flat_values.clearness, 1);
  image::Image clear = flat({40, 30}, {0.5, 0.5, 0.5});
  clear.alpha.assign(clear.pixels(), 0.0F);
  const Values nothing = study_values(clear, 5).values;
  for (const double share : nothing.shares) EXPECT_EQ(share, 0);
  EXPECT_EQ(nothing.pattern, "");
  EXPECT_EQ(study_values(flat({1, 1}, {0, 0, 0}), 3).values.masses, 1);
  EXPECT_ERROR(study_values(clear, 4), invalid_argument, HasSubstr("3 or 5"));
}

}  // namespace
}  // namespace atelier::assist
