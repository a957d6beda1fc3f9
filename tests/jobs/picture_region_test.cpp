// SPDX-License-Identifier: Apache-2.0
#include "jobs/picture_region.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

TEST(PictureRegions, AreReadAndCutOut) {
  const PictureRegion region = picture_region("2,1,16,17", {20, 18});
  EXPECT_EQ(region.x, 2);
  EXPECT_EQ(region.height, 17);
  image::Image picture{20, 18, std::vector<float>(3 * 20 * 18), std::vector<float>(20 * 18), 16};
  picture.rgb[3 * (1 * 20 + 2) + 1] = 0.5F;
  picture.alpha[17 * 20 + 17] = 0.25F;
  const image::Image part = cut_out(picture, region);
  EXPECT_EQ(part.width, 16);
  EXPECT_EQ(part.rgb.size(), 3U * 16 * 17);
  EXPECT_EQ(part.rgb[1], 0.5F);
  EXPECT_EQ(part.alpha.back(), 0.25F);
  EXPECT_EQ(part.bits, 16);
}

TEST(PictureRegions, RefuseOthers) {
  for (const char* text :
       {"", "1,2,16", "1,2,16,16,4", "a,0,16,16", "0,0,16,16 ", "-1,0,16,16", "0,0,15,16",
        "5,0,16,16", "0,0,21,16", "2147483647,0,16,16", "99999999999,0,16,16"}) {
    EXPECT_THROW(static_cast<void>(picture_region(text, {20, 18})), Error) << text;
  }
}

}  // namespace
}  // namespace atelier::jobs
