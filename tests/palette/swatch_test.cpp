// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/swatch.hpp"

#include <gmock/gmock.h>

#include "atelier/palette/extract.hpp"
#include "base/error_matcher.hpp"
#include "palette/pictures.hpp"
#include "palette/wheel.hpp"

namespace atelier::palette {
namespace {

using testing::HasSubstr;
using namespace test;

/// Part of the sheet that has exactly this colour.
double share_of(const image::Image& sheet, const image::Rgb& rgb) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < sheet.pixels(); ++i) {
    bool same = true;
    for (std::size_t c = 0; c < 3; ++c)
      same = same && std::abs(sheet.rgb[3 * i + c] - rgb[c]) < 1e-6;
    count += same ? 1 : 0;
  }
  return static_cast<double>(count) / static_cast<double>(sheet.pixels());
}

TEST(Swatch, EveryColourIsShown) {
  image::Image picture = flat({90, 60}, {0.9, 0.3, 0.2});
  put(picture, 0, 0, {30, 60}, {0.1, 0.5, 0.6});
  const Palette palette = extract(picture);
  const image::Image sheet =
      swatch_sheet(palette, {picture, harmony_of(palette), tone_of(picture)});
  EXPECT_EQ(sheet.width, 1240);
  for (const Colour& colour : palette.colours) EXPECT_GT(share_of(sheet, colour.rgb), 0.02);
}

TEST(Swatch, ManyColoursAndNoneAreDrawn) {
  Palette palette;
  EXPECT_GT(swatch_sheet(palette).height, 40);
  for (int i = 0; i < 256; ++i) palette.colours.push_back({{i / 255.0, 0, 0}, "red", {}, {}});
  EXPECT_GT(swatch_sheet(palette).height, 5000);
  palette.colours.emplace_back();
  EXPECT_ERROR(swatch_sheet(palette), invalid_argument, HasSubstr("256"));
}

TEST(Swatch, DiscsLieAtTheirHues) {
  const image::Rgb rgb = image::srgb_in_gamut(from_lch(0.6, 0.1, 90));
  const image::Image wheel = hue_wheel({"", {{rgb, "", {}, {}}}}, std::nullopt, 200);
  double x = 0, y = 0;
  int count = 0;
  for (int v = 0; v < 200; ++v) {
    for (int u = 0; u < 200; ++u) {
      const float* pixel = &wheel.rgb[3 * (static_cast<std::size_t>(v) * 200 + u)];
      if (std::abs(pixel[0] - rgb[0]) + std::abs(pixel[2] - rgb[2]) > 1e-5) continue;
      x += u + 0.5;
      y += v + 0.5;
      ++count;
    }
  }
  ASSERT_GT(count, 50);
  EXPECT_NEAR(x / count, 100, 0.6);  // straight up
  EXPECT_LT(y / count, 50);
}

}  // namespace
}  // namespace atelier::palette
