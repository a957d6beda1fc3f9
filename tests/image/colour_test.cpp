// SPDX-License-Identifier: Apache-2.0
#include "image/colour.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using Colour = InFolder;
using Rgb = std::array<double, 3>;
constexpr Size size{24, 20};

Rgb first(const Image& image) {
  return {image.rgb[0], image.rgb[1], image.rgb[2]};
}

void expect_near(const Rgb& a, const Rgb& b, double tolerance) {
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(a[c] * 255, b[c] * 255, tolerance) << "channel " << c;
}

double linear(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double encoded(double v) {
  v = std::clamp(v, 0.0, 1.0);
  return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

/// Display P3 to sRGB by its defining primaries: both have D65 and sRGB's curve (SMPTE EG 432-1).
Rgb p3_to_srgb(const Rgb& p3) {
  static constexpr double matrix[3][3] = {{1.2249401763, -0.2249401763, 0.0},
                                          {-0.0420569547, 1.0420569547, 0.0},
                                          {-0.0196375546, -0.0786360454, 1.0982736000}};
  Rgb result{};
  for (int r = 0; r < 3; ++r) {
    double sum = 0;
    for (int c = 0; c < 3; ++c) sum += matrix[r][c] * linear(p3[c]);
    result[r] = encoded(sum);
  }
  return result;
}

TEST_F(Colour, P3IsConvertedByItsProfile) {
  for (const auto& p3 : {Rgb{200, 100, 50}, Rgb{30, 180, 90}, Rgb{128, 128, 128},
                         Rgb{255, 255, 255}, Rgb{0, 0, 0}, Rgb{255, 0, 0}}) {
    const Rgb expected = p3_to_srgb({p3[0] / 255, p3[1] / 255, p3[2] / 255});
    const std::vector<double> eight(p3.begin(), p3.end());
    const std::vector<double> sixteen{p3[0] * 257, p3[1] * 257, p3[2] * 257};
    const auto narrow =
        tagged(flat(size, eight, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB), "p3");
    const auto wide =
        tagged(flat(size, sixteen, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_RGB16), "p3");
    narrow.pngsave(in_folder("8.png").c_str());
    narrow.tiffsave(in_folder("8.tif").c_str());
    narrow.webpsave(in_folder("8.webp").c_str(), vips::VImage::option()->set("lossless", true));
    narrow.jpegsave(in_folder("8.jpg").c_str(), vips::VImage::option()->set("Q", 100)->set(
                                                    "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF));
    wide.pngsave(in_folder("16.png").c_str());
    wide.tiffsave(in_folder("16.tif").c_str());
    for (const char* name : {"8.png", "8.tif", "8.webp", "16.png", "16.tif"}) {
      SCOPED_TRACE(name);
      expect_near(first(load(in_folder(name))), expected, 1.5);  // the profile rounds its curve
    }
    expect_near(first(load(in_folder("8.jpg"))), expected, 3.0);
  }
}

TEST_F(Colour, OurOwnProfileChangesNothing) {
  const Image image = pattern({40, 40}, 8, false);
  save(image, in_folder("a.png"));
  EXPECT_EQ(vips::VImage::new_from_file(in_folder("a.png").c_str()).get_typeof(VIPS_META_ICC_NAME),
            VIPS_TYPE_BLOB);
  const Image again = load(in_folder("a.png"));
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    ASSERT_EQ(std::lround(image.rgb[i] * 255), std::lround(again.rgb[i] * 255));
  }
}

TEST_F(Colour, GreyBecomesEqualChannels) {
  flat(size, {77}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W).pngsave(in_folder("8.png").c_str());
  flat(size, {77, 102}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W)
      .pngsave(in_folder("a.png").c_str());
  flat(size, {77}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W).jpegsave(in_folder("8.jpg").c_str());
  flat(size, {77 * 257}, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_GREY16)
      .tiffsave(in_folder("16.tif").c_str());
  for (const char* name : {"8.png", "a.png", "8.jpg", "16.tif"}) {
    SCOPED_TRACE(name);
    expect_near(first(load(in_folder(name))), {77 / 255.0, 77 / 255.0, 77 / 255.0}, 0.01);
  }
  EXPECT_NEAR(load(in_folder("a.png")).alpha.at(0), 0.4, 1e-6);
  EXPECT_EQ(load(in_folder("16.tif")).bits, 16);
}

TEST_F(Colour, CmykIsReadWithAndWithoutProfile) {
  struct Ink {
    std::vector<double> cmyk;
    Rgb low, high;
  };
  for (const Ink& ink : {Ink{{0, 0, 0, 0}, {0.98, 0.98, 0.98}, {1, 1, 1}},      // paper
                         Ink{{0, 0, 0, 255}, {0, 0, 0}, {0.25, 0.25, 0.25}},    // black
                         Ink{{255, 0, 0, 0}, {0, 0.4, 0.7}, {0.3, 0.8, 1}},     // cyan
                         Ink{{0, 255, 255, 0}, {0.8, 0, 0}, {1, 0.3, 0.3}}}) {  // red
    const auto plain = flat(size, ink.cmyk, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_CMYK);
    plain.tiffsave(in_folder("plain.tif").c_str());
    plain.jpegsave(in_folder("plain.jpg").c_str(), vips::VImage::option()->set("Q", 100));
    tagged(plain, "cmyk").tiffsave(in_folder("tagged.tif").c_str());
    tagged(plain, "p3").tiffsave(in_folder("wrong.tif").c_str());
    const Rgb seen = first(load(in_folder("plain.tif")));
    for (int c = 0; c < 3; ++c) {
      EXPECT_GE(seen[c], ink.low[c]);
      EXPECT_LE(seen[c], ink.high[c]);
    }
    expect_near(first(load(in_folder("tagged.tif"))), seen, 0);
    expect_near(first(load(in_folder("wrong.tif"))), seen, 0);
    expect_near(first(load(in_folder("plain.jpg"))), seen, 3);
  }
}

TEST_F(Colour, AProfileThatCannotBeUsedCountsAsSrgb) {
  const auto plain = flat(size, {200, 100, 50}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  const auto with_profile = [&](const std::string& profile) {
    vips::VImage image = plain.copy();
    vips_image_set_blob_copy(image.get_image(), VIPS_META_ICC_NAME, profile.data(), profile.size());
    image.tiffsave(in_folder("a.tif").c_str());
    const Refusal quiet = refusal([&] {
      expect_near(first(load(in_folder("a.tif"))), {200 / 255.0, 100 / 255.0, 50 / 255.0}, 0.01);
    });
    EXPECT_EQ(quiet.message, "no error");
  };
  with_profile("this is no profile");
  with_profile(std::string(4000, 'x'));
  VipsBlob* blob = nullptr;
  ASSERT_EQ(vips_profile_load("p3", &blob, nullptr), 0);
  size_t length = 0;
  const auto* data = static_cast<const char*>(vips_blob_get(blob, &length));
  with_profile(std::string(data, length / 2));
  std::string hollow(data, length);
  std::fill(hollow.begin() + 128, hollow.end(), '\xff');
  with_profile(hollow);
  vips_area_unref(VIPS_AREA(blob));

  tagged(flat(size, {77}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W), "p3")
      .tiffsave(in_folder("g.tif").c_str());
  expect_near(first(load(in_folder("g.tif"))), {77 / 255.0, 77 / 255.0, 77 / 255.0}, 0.01);
}

TEST_F(Colour, AlphaSurvivesAProfile) {
  tagged(flat(size, {128, 128, 128, 51}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB), "p3")
      .pngsave(in_folder("a.png").c_str());
  const Image image = load(in_folder("a.png"));
  expect_near(first(image), {128 / 255.0, 128 / 255.0, 128 / 255.0}, 1);
  for (const float alpha : image.alpha) ASSERT_NEAR(alpha, 0.2, 1e-6);
}

TEST_F(Colour, LabTiffIsRead) {
  // L* = 50, neutral: Y = 0.184187, encoded sRGB 0.4663. The file holds L* in steps of 1/2.55.
  flat(size, {50, 0, 0}, VIPS_FORMAT_FLOAT, VIPS_INTERPRETATION_LAB)
      .tiffsave(in_folder("lab.tif").c_str());
  const Refusal quiet = refusal([&] {
    expect_near(first(load(in_folder("lab.tif"))), {0.4663, 0.4663, 0.4663}, 1.5);
  });
  EXPECT_EQ(quiet.message, "no error");
}

}  // namespace
}  // namespace atelier::image
