// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/invert.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "untrained_painter.hpp"

namespace atelier::gan {
namespace {

class InvertTest : public testing::Test {
 protected:
  InvertOptions options(int steps, int seeds = 4) const {
    InvertOptions options;
    options.steps = steps;
    options.seeds = seeds;
    options.stay = 0;
    return options;
  }

  const TemporaryFolder folder_;
  const Painter painter_{untrained_model(folder_.path(), {"skip", 32, 8, 8, 0})};
  const nets::FeatureNet vgg_ = fast::random_vgg(16);
};

TEST_F(InvertTest, FindsMostPicturesThatTheGeneratorPainted) {
  const int seeds = InvertOptions{}.seeds;
  int found = 0;
  for (const std::uint64_t seed : {77, 78, 79, 80}) {
    const image::Image picture = painter_.paint(painter_.from_seed(seed));
    const Inverted first = invert(painter_, vgg_, picture, options(1, seeds));
    const Inverted later = invert(painter_, vgg_, picture, options(120, seeds));
    EXPECT_EQ(later.steps, 120);
    EXPECT_LT(later.pixel_error, first.pixel_error);
    EXPECT_LT(later.feature_error, first.feature_error);
    if (later.pixel_error < 0.1 * first.pixel_error &&
        later.feature_error < 0.1 * first.feature_error) {
      ++found;
    }
  }
  EXPECT_GE(found, 3);  // of four; a search may end where nothing near is better
}

TEST_F(InvertTest, FindsTheSameAgain) {
  const image::Image picture = painter_.paint(painter_.from_seed(77));
  EXPECT_EQ(invert(painter_, vgg_, picture, options(5)).latent.values,
            invert(painter_, vgg_, picture, options(5)).latent.values);
}

TEST_F(InvertTest, BeginsWithTheNearestSeed) {
  const image::Image picture = painter_.paint(painter_.from_seed(2));
  EXPECT_LT(invert(painter_, vgg_, picture, options(1)).pixel_error, 0.05);
}

TEST_F(InvertTest, EndsWhenAskedToAndRefusesOtherSizes) {
  std::stop_source stop;
  stop.request_stop();
  const image::Image picture = painter_.paint(painter_.from_seed(3));
  EXPECT_EQ(invert(painter_, vgg_, picture, options(9), {}, stop.get_token()).steps, 0);
  EXPECT_THROW(static_cast<void>(invert(painter_, vgg_, fast::waves(16, 16, 0))), Error);
}

}  // namespace
}  // namespace atelier::gan
