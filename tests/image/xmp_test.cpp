// SPDX-License-Identifier: Apache-2.0
#include "image/xmp.hpp"

#include <gtest/gtest.h>

namespace atelier::image {
namespace {

TEST(Xmp, GivesBackWhatWasPutIn) {
  for (const std::string text :
       {"{}", "{\"a\": \"<b> & 'c' \\\" ]]>\"}", "{\n\t\"\xe7\x94\xbb\": 1\r\n}"}) {
    EXPECT_EQ(recipe_in_xmp(xmp_packet(text)), text);
  }
}

TEST(Xmp, ReadsOtherWritersForms) {
  EXPECT_EQ(recipe_in_xmp("<rdf:Description atelier:recipe=\"{&quot;a&quot;:1}\"/>"), "{\"a\":1}");
  EXPECT_EQ(recipe_in_xmp("<rdf:Description atelier:recipe='{\"a\":1}'/>"), "{\"a\":1}");
  EXPECT_EQ(recipe_in_xmp("<atelier:recipe>&#x7B;&#125;&#x1F3A8;</atelier:recipe>"),
            "{}\xf0\x9f\x8e\xa8");
}

TEST(Xmp, DamagedPacketsHoldNothing) {
  for (const char* packet :
       {"", "<x/>", "atelier:recipe", "<atelier:recipe>", "<atelier:recipe>abc",
        "atelier:recipe=\"abc", "<atelier:recipe>&nothing;</atelier:recipe>",
        "<atelier:recipe>&amp</atelier:recipe>", "<atelier:recipe>&#xD800;</atelier:recipe>",
        "<atelier:recipe>&#;</atelier:recipe>", "<atelier:recipe>&#x;</atelier:recipe>",
        "<atelier:recipe>&#99999999999;</atelier:recipe>"}) {
    EXPECT_EQ(recipe_in_xmp(packet), std::nullopt) << packet;
  }
}

}  // namespace
}  // namespace atelier::image
