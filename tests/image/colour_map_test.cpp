// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/colour_map.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

Image row(const std::vector<Colour>& pixels) {
  Image picture;
  picture.width = static_cast<int>(pixels.size());
  picture.height = 1;
  for (const Colour& pixel : pixels)
    picture.rgb.insert(picture.rgb.end(), pixel.begin(), pixel.end());
  return picture;
}

TEST(ColourMap, ColoursAreNamedOrWrittenInHex) {
  EXPECT_EQ(parse_colour("red"), (Colour{1, 0, 0}));
  EXPECT_EQ(parse_colour("#0f8"), parse_colour("#00ff88"));
  EXPECT_EQ(parse_colour("#00FF88"), parse_colour("#00ff88"));
  EXPECT_EQ(parse_colour("orange"), parse_colour("#ffa500"));
  EXPECT_EQ(colour_text(parse_colour("#12ab9f")), "#12ab9f");
  for (const char* text : {"", "#", "#12", "#12345g", "reddish", "#1234567"}) {
    EXPECT_THROW(static_cast<void>(parse_colour(text)), Error) << text;
  }
}

TEST(ColourMap, EachColourIsAMaskAndBlackIsNobodys) {
  const auto masks = split_by_colours(row({{1, 0, 0}, {0, 1, 0}, {0, 0, 0}, {0.98F, 0.01F, 0}}),
                                      {{1, 0, 0}, {0, 1, 0}});
  ASSERT_EQ(masks.size(), 2U);
  EXPECT_EQ(masks[0].values, (std::vector<float>{1, 0, 0, 1}));
  EXPECT_EQ(masks[1].values, (std::vector<float>{0, 1, 0, 0}));
}

TEST(ColourMap, BlackMayBeAStylesColour) {
  const auto masks = split_by_colours(row({{0, 0, 0}, {1, 1, 1}}), {{0, 0, 0}, {1, 1, 1}});
  EXPECT_EQ(masks[0].values, (std::vector<float>{1, 0}));
  EXPECT_EQ(masks[1].values, (std::vector<float>{0, 1}));
}

/// Known by arithmetic: a smooth edge runs straight from one colour to the other.
TEST(ColourMap, SmoothEdgesAreShared) {
  const auto masks = split_by_colours(row({{0.75F, 0.25F, 0}, {0.2F, 0.8F, 0}, {0, 0.5F, 0}}),
                                      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  EXPECT_NEAR(masks[0].values[0], 0.75, 1e-6);
  EXPECT_NEAR(masks[1].values[0], 0.25, 1e-6);
  EXPECT_NEAR(masks[0].values[1], 0.2, 1e-6);
  EXPECT_NEAR(masks[1].values[1], 0.8, 1e-6);
  EXPECT_NEAR(masks[1].values[2], 0.5, 1e-6);  // the other half is black's
  for (int i = 0; i < 3; ++i) EXPECT_EQ(masks[2].values[i], 0);
}

TEST(ColourMap, StrangeColoursAreRefusedAndNamed) {
  std::vector<Colour> pixels(200, {1, 0, 0});
  for (int i = 0; i < 3; ++i) pixels[i] = {1, 1, 1};
  try {
    static_cast<void>(split_by_colours(row(pixels), {{1, 0, 0}, {0, 1, 0}}));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_NE(std::string(error.what()).find("1.5 %"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("#ffffff"), std::string::npos) << error.what();
  }
  pixels[1] = pixels[2] = {1, 0, 0};
  EXPECT_NO_THROW(static_cast<void>(split_by_colours(row(pixels), {{1, 0, 0}, {0, 1, 0}})));
}

}  // namespace
}  // namespace atelier::image
