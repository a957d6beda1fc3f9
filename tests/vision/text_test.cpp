// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "atelier/image/file.hpp"
#include "image/canvas.hpp"

namespace atelier::vision {
namespace {

image::Image example(const char* name) {
  return image::load(std::string(ATELIER_SOURCE_DIR) + "/examples/" + name);
}

/// A text laid on a picture, in grey.
struct Written {
  image::Image picture;
  image::Place at;
  image::Size size;
};
Written written(image::Size paper, float paper_grey, const std::string& words, int type,
                image::Place at, float grey) {
  image::Canvas canvas(paper);
  canvas.draw_box({0, 0}, paper, paper_grey);
  const image::Text text = image::draw_text(words, type, paper.width, image::Align::left, false);
  canvas.draw(text, at, grey);
  return {canvas.take(), at, {text.width, text.height}};
}

bool covers(const TextLine& line, const Written& text, double slack) {
  return line.x <= text.at.left + slack && line.y <= text.at.top + slack &&
         line.x + line.width >= text.at.left + text.size.width - slack &&
         line.y + line.height >= text.at.top + text.size.height - slack;
}

TEST(Text, OneLineIsFoundWhereItStands) {
  for (const int type : {18, 28, 60}) {
    for (const bool light : {false, true}) {
      const Written text = written({640, 400}, light ? 0.2F : 0.85F, "Composition", type, {70, 150},
                                   light ? 0.9F : 0.1F);
      const auto lines = find_text(text.picture);
      ASSERT_EQ(lines.size(), 1U) << type << ' ' << light;
      EXPECT_TRUE(covers(lines.front(), text, 0.3 * type)) << type;
      EXPECT_LT(lines.front().height, 2.0 * type);
      EXPECT_GE(lines.front().letters, 7);
    }
  }
}

TEST(Text, TwoLinesAreTwo) {
  const Written text = written({640, 400}, 0.9F, "First of all\nand then more", 40, {60, 90}, 0.1F);
  const auto lines = find_text(text.picture);
  ASSERT_GE(lines.size(), 2U);
  EXPECT_LT(lines.front().y, lines.back().y);
}

TEST(Text, ThereIsNoneWhereThereIsNone) {
  image::Image flat{300, 200, {}, {}};
  flat.rgb.assign(flat.pixels() * 3, 0.4F);
  EXPECT_TRUE(find_text(flat).empty());
  for (const image::Size size : {image::Size{1, 1}, {1, 3000}, {3000, 1}, {5, 5}}) {
    image::Image small{size.width, size.height, {}, {}};
    small.rgb.assign(small.pixels() * 3, 0.4F);
    EXPECT_TRUE(find_text(small).empty());
  }
  EXPECT_LE(find_text(example("chelsea.png")).size(), 1U);
}

TEST(Text, ARowOfWindowsIsNotText) {
  image::Canvas canvas({640, 400});
  canvas.draw_box({0, 0}, {640, 400}, 0.7F);
  for (int i = 0; i < 10; ++i) canvas.draw_box({60 + 50 * i, 150}, {22, 36}, 0.15F);
  EXPECT_TRUE(find_text(canvas.take()).empty());
}

TEST(Text, IsFoundAtEverySize) {
  const Written text = written({900, 600}, 0.85F, "Harbour Office", 60, {120, 250}, 0.1F);
  for (const double scale : {0.5, 1.0, 2.5}) {
    const auto lines = find_text(image::resize(
        text.picture, {static_cast<int>(900 * scale), static_cast<int>(600 * scale)}));
    ASSERT_GE(lines.size(), 1U) << scale;
    EXPECT_NEAR(lines.front().x, 120 * scale, 15 * scale);
  }
}

}  // namespace
}  // namespace atelier::vision
