// SPDX-License-Identifier: Apache-2.0
// The palette of a picture as a file holds it: turned by EXIF, in another colour space,
// transparent.
#include <gmock/gmock.h>

#include <cmath>

#include "atelier/image/colour_difference.hpp"
#include "atelier/image/file.hpp"
#include "atelier/palette/extract.hpp"
#include "image/pictures.hpp"
#include "palette/made_palette.hpp"
#include "palette/pictures.hpp"

namespace atelier::palette {
namespace {

using image::InFolder;

class PaletteOfFile : public InFolder {
 protected:
  [[nodiscard]] Palette palette_of(std::string_view name) const {
    return extract(image::load(in_folder(name)));
  }
};

/// Four flat colours of which no two are mirror images of each other; blue lies to the upper right.
image::Image four_colours() {
  image::Image picture = test::flat({120, 80}, {0.85, 0.80, 0.70});
  test::put(picture, 0, 0, {30, 80}, {0.10, 0.30, 0.25});
  test::put(picture, 90, 5, {20, 20}, {0.15, 0.20, 0.75});
  test::put(picture, 40, 50, {40, 20}, {0.80, 0.20, 0.15});
  return picture;
}

/// CIEDE2000 to the nearest colour of a palette.
double to_nearest(const Colour& colour, const Palette& of) {
  double nearest = 1e9;
  for (const Colour& other : of.colours) {
    nearest = std::min(nearest, image::ciede2000(image::cielab_from_srgb(colour.rgb),
                                                 image::cielab_from_srgb(other.rgb)));
  }
  return nearest;
}

/// Each colour of `truth` has one of `found` within `limit` by CIEDE2000, and there are as many.
void expect_same(const Palette& found, const Palette& truth, double limit) {
  ASSERT_EQ(found.colours.size(), truth.colours.size());
  for (const Colour& colour : truth.colours) {
    EXPECT_LE(to_nearest(colour, found), limit) << hex(colour.rgb);
  }
}

TEST_F(PaletteOfFile, IsTheSameHoweverExifTurnsIt) {
  image::save(four_colours(), in_folder("upright.tif"));
  const Palette upright = palette_of("upright.tif");
  ASSERT_EQ(upright.colours.size(), 4U);
  const auto stored = vips::VImage::new_from_file(in_folder("upright.tif").c_str());
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    vips::VImage turned = stored.copy();
    turned.set("orientation", orientation);
    turned.tiffsave(in_folder("turned.tif").c_str());
    const Palette palette = palette_of("turned.tif");
    expect_same(palette, upright, 1e-3);
    // Blue lies where it is seen, not where it is stored.
    const auto blue = std::ranges::find_if(
        palette.colours, [](const Colour& c) { return c.rgb[2] > 0.6 && c.rgb[0] < 0.3; });
    ASSERT_NE(blue, palette.colours.end());
    const double right = 100.0 / 120, low = 15.0 / 80;
    const std::pair<double, double> seen[] = {
        {right, low}, {1 - right, low}, {1 - right, 1 - low}, {right, 1 - low},
        {low, right}, {1 - low, right}, {1 - low, 1 - right}, {low, 1 - right}};
    EXPECT_NEAR(blue->place->x, seen[orientation - 1].first, 0.02);
    EXPECT_NEAR(blue->place->y, seen[orientation - 1].second, 0.02);
  }
}

TEST_F(PaletteOfFile, OfAWideGamutIsThatOfItsSrgbTwin) {
  for (const std::uint64_t index : {0U, 1U}) {
    SCOPED_TRACE(index);
    image::save(test::made_palette(index).picture, in_folder("twin.png"));
    const auto twin = vips::VImage::new_from_file(in_folder("twin.png").c_str());
    const vips::VImage wide = twin.icc_transform(
        "p3",
        vips::VImage::option()->set("input_profile", "srgb")->set("intent", VIPS_INTENT_RELATIVE));
    wide.pngsave(in_folder("wide.png").c_str());
    wide.tiffsave(in_folder("wide.tif").c_str());
    wide.jpegsave(in_folder("wide.jpg").c_str(), vips::VImage::option()->set("Q", 95)->set(
                                                     "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF));
    const Palette truth = palette_of("twin.png");
    for (const char* name : {"wide.png", "wide.tif", "wide.jpg"}) {
      SCOPED_TRACE(name);
      expect_same(palette_of(name), truth, 2);
    }
    // That the profile counts at all: the same values without it are other colours.
    vips::VImage bare = wide.copy();
    bare.remove(VIPS_META_ICC_NAME);
    bare.pngsave(in_folder("bare.png").c_str(), vips::VImage::option()->set("strip", true));
    double farthest = 0;
    const Palette other = palette_of("bare.png");
    for (const Colour& colour : truth.colours) {
      farthest = std::max(farthest, to_nearest(colour, other));
    }
    EXPECT_GT(farthest, 2);
  }
}

TEST_F(PaletteOfFile, DoesNotSeeWhatIsTransparent) {
  image::Image picture = four_colours();
  picture.alpha.assign(picture.pixels(), 1.0F);
  for (int y = 0; y < picture.height; ++y) {  // the green quarter cannot be seen
    std::fill_n(picture.alpha.begin() + static_cast<std::ptrdiff_t>(y) * picture.width, 30, 0.0F);
  }
  for (const char* name : {"part.png", "part.tif"}) {
    SCOPED_TRACE(name);
    image::save(picture, in_folder(name));
    const Palette palette = palette_of(name);
    ASSERT_EQ(palette.colours.size(), 3U);
    for (const Colour& colour : palette.colours) EXPECT_GT(colour.rgb[0], 0.14);  // none is green
    EXPECT_NEAR(*palette.colours.front().share, 1 - (400.0 + 800) / (90 * 80), 0.02);
  }
  picture.alpha.assign(picture.pixels(), 0.0F);
  image::save(picture, in_folder("nothing.png"));
  EXPECT_TRUE(palette_of("nothing.png").colours.empty());
}

}  // namespace
}  // namespace atelier::palette
