// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/contact_sheet.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "image/text.hpp"

namespace atelier::image {
namespace {

Image plain(int width, int height, float red) {
  Image picture{width, height, std::vector<float>(std::size_t(width) * height * 3, 0.0F), {}};
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) picture.rgb[i] = red;
  return picture;
}

/// Pixels of pure red, which no text has.
std::size_t red_pixels(const Image& sheet) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < sheet.rgb.size(); i += 3)
    count += sheet.rgb[i] == 1 && sheet.rgb[i + 1] == 0 && sheet.rgb[i + 2] == 0;
  return count;
}

std::size_t dark_pixels(const Image& sheet) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < sheet.rgb.size(); i += 3)
    count += sheet.rgb[i] == sheet.rgb[i + 1] && sheet.rgb[i] < 0.5F;
  return count;
}

TEST(ContactSheet, ShowsEachPictureWholeAtTheAskedSize) {
  ContactSheet sheet{"", {flat_block({{plain(128, 64, 1), ""}, {plain(64, 128, 1), ""}}, 2)}, 128};
  EXPECT_EQ(red_pixels(contact_sheet(sheet)), 2 * 128U * 64U);
  sheet.cell = 64;
  EXPECT_EQ(red_pixels(contact_sheet(sheet)), 2 * 64U * 32U);
}

TEST(ContactSheet, EveryTextIsDrawnAndCoversNoPicture) {
  const auto make = [](const std::string& title, const std::string& row, const std::string& label) {
    const SheetBlock block{
        title, {"", ""}, {row}, {{plain(128, 64, 1), label}, {std::nullopt, ""}}};
    return contact_sheet({title, {block}, 128});
  };
  const Image bare = make("", "", "");
  EXPECT_EQ(dark_pixels(bare), 0U);
  for (const Image& one : {make("A title", "", ""), make("", "seed 1", ""), make("", "", "loss 2")})
    EXPECT_GT(dark_pixels(one), 20U);
  EXPECT_EQ(red_pixels(make("Title", "row", "label")), 128U * 64U);
}

TEST(ContactSheet, TransparencyLiesOnWhite) {
  Image picture = plain(64, 64, 1);
  picture.alpha.assign(picture.pixels(), 0.0F);
  const Image sheet = contact_sheet({"", {flat_block({{picture, ""}}, 1)}, 64});
  EXPECT_TRUE(std::all_of(sheet.rgb.begin(), sheet.rgb.end(), [](float v) { return v == 1; }));
}

TEST(ContactSheet, RefusesWhatIsNoSheet) {
  const auto refusal = [](const ContactSheet& sheet) {
    try {
      (void)contact_sheet(sheet);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(refusal({}), testing::HasSubstr("at least one"));
  EXPECT_THAT(refusal({"", {{"", {"a", "b"}, {"1"}, {{}}}}, 64}), testing::HasSubstr("2 columns"));
  EXPECT_THAT(refusal({"", {flat_block({{plain(16, 16, 1), ""}}, 1)}, 8}),
              testing::HasSubstr("64..1024"));
}

TEST(FlatBlock, FillsTheLastRowWithEmptyPlaces) {
  const SheetBlock block = flat_block(std::vector<SheetCell>(7), 3);
  EXPECT_EQ(block.columns.size(), 3U);
  EXPECT_EQ(block.rows.size(), 3U);
  EXPECT_EQ(block.cells.size(), 9U);
}

TEST(DrawText, BreaksLinesAtTheWidthWithinWordsToo) {
  const Text line = draw_text("word word word", 16, 1000, Align::left, false);
  const Text broken = draw_text("word word word", 16, 60, Align::left, false);
  EXPECT_GT(broken.height, 2 * line.height);
  EXPECT_LE(broken.width, 60);
  EXPECT_LE(draw_text(std::string(80, 'm'), 16, 100, Align::left, false).width, 100);
  EXPECT_EQ(draw_text(" ", 16, 100, Align::left, false).width, 0);
}

TEST(DrawText, SignsOfMarkupAndOddBytesAreText) {
  EXPECT_GT(draw_text("<b>&", 16, 200, Align::left, false).width,
            draw_text("b", 16, 200, Align::left, false).width);
  EXPECT_GT(draw_text("\xff\xfe name", 16, 200, Align::left, false).width, 0);
}

}  // namespace
}  // namespace atelier::image
