// SPDX-License-Identifier: Apache-2.0
#include "jobs/picture_region.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

TEST(PictureRegions, AreRead) {
  const image::Part region = picture_region("2,1,16,17", {20, 18});
  EXPECT_EQ(region.left, 2);
  EXPECT_EQ(region.height, 17);
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
