// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/watermark.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "base/error_matcher.hpp"
#include "provenance/picture_attacks.hpp"
#include "provenance/watermark/fft.hpp"
#include "provenance/watermark/pilot.hpp"
#include "provenance/watermark/plane.hpp"
#include "provenance/watermark/trials.hpp"
#include "provenance/watermark/warp.hpp"

namespace atelier::provenance {
namespace {

using image::Image;
using testing::HasSubstr;

constexpr std::uint64_t payload = 0xfeedc0de12345678;

const WatermarkKey& key() {
  static const WatermarkKey one = WatermarkKey::derive("0123456789abcdef");
  return one;
}

/// Clouds of all sizes on a slope, as pictures' spectra fall, in colour.
Image clouds(int width, int height, std::uint64_t seed) {
  Image picture{
      width, height, std::vector<float>(static_cast<std::size_t>(width * height) * 3), {}, 8};
  RandomStream random(seed, "clouds");
  for (std::size_t c = 0; c < 3; ++c) {
    watermark::Plane sum(width, height);
    for (const double sigma : {0.7, 1.5, 3.0, 6.0, 12.0}) {
      watermark::Plane noise(width, height);
      for (float& value : noise.values) value = static_cast<float>(random.normal());
      noise = watermark::gaussian(noise, sigma);
      for (std::size_t i = 0; i < sum.values.size(); ++i)
        sum.values[i] += 0.12F * static_cast<float>(sigma) * noise.values[i];
    }
    for (std::size_t i = 0; i < sum.values.size(); ++i)
      picture.rgb[i * 3 + c] = 0.5F + sum.values[i];
  }
  return in_8_bits(std::move(picture));
}

/// Discs and stripes with sharp edges on flat ground.
Image poster(int width, int height) {
  Image picture{width, height, {}, {}, 8};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double dx = x - width * 0.4, dy = y - height * 0.55;
      const bool disc = dx * dx + dy * dy < 0.06 * width * height;
      const bool stripe = (x + 2 * y) / 37 % 3 == 0;
      const float ground = 0.55F + 0.2F * static_cast<float>(y) / static_cast<float>(height);
      picture.rgb.insert(picture.rgb.end(), {disc ? 0.8F : ground, stripe ? 0.35F : 0.6F,
                                             disc != stripe ? 0.25F : 0.7F});
    }
  return in_8_bits(std::move(picture));
}

TEST(WatermarkKeyTest, DerivesAsRfc5869) {
  // Expected bytes: HKDF-Expand(HKDF-Extract(32 zero bytes, secret), info, n) computed with HMAC.
  std::array<std::byte, 4> a{}, b{}, other{};
  key().expand("phases", a.data(), a.size());
  WatermarkKey::derive("0123456789abcdef").expand("phases", b.data(), b.size());
  WatermarkKey::derive("0123456789abcdeg").expand("phases", other.data(), other.size());
  EXPECT_EQ(a, b);
  EXPECT_NE(a, other);
  EXPECT_EQ(a, (std::array<std::byte, 4>{std::byte{0x48}, std::byte{0x17}, std::byte{0xf0},
                                         std::byte{0x31}}));
}

TEST(WatermarkKeyTest, RefusesShortSecrets) {
  EXPECT_ERROR(WatermarkKey::derive("0123456789abcde"), invalid_argument, HasSubstr("15 bytes"));
}

TEST(Fft, IsTheSumOfItsDefinition) {
  RandomStream random(1, "values");
  std::vector<watermark::Complex> values(64);
  for (auto& value : values)
    value = {static_cast<float>(random.normal()), static_cast<float>(random.normal())};
  auto transformed = values;
  watermark::Fft(64).forward(transformed.data());
  for (std::size_t k = 0; k < 64; ++k) {
    std::complex<double> sum = 0;
    for (std::size_t j = 0; j < 64; ++j)
      sum += std::complex<double>(values[j]) *
             std::polar(1.0, -2 * 3.14159265358979323846 * static_cast<double>(j * k) / 64);
    EXPECT_NEAR(std::abs(sum - std::complex<double>(transformed[k])), 0, 1e-5);
  }
}

TEST(TileSpectrum, TurnsAsPlanesDo) {
  RandomStream random(4, "values");
  watermark::Plane plane(watermark::tile, watermark::tile);
  for (float& value : plane.values) value = static_cast<float>(random.normal());
  const watermark::TileSpectrum straight(plane);
  for (int way = 0; way < 8; ++way) {
    const watermark::TileSpectrum expected(watermark::turned(plane, way % 4, way >= 4));
    const auto spectrum = straight.turned(way % 4, way >= 4);
    for (const auto& [x, y] : {std::pair{3, 5}, std::pair{-7, 11}, std::pair{20, 0}})
      EXPECT_NEAR(std::abs(spectrum.at(x, y)), std::abs(expected.at(x, y)), 1e-3) << way;
  }
}

TEST(Watermark, ComesBackAndCostsWhatItMay) {
  for (const auto& picture : {clouds(512, 400, 1), poster(500, 512)}) {
    const Image marked = in_8_bits(embed_watermark(picture, payload, key(), {43}));
    EXPECT_NEAR(psnr(picture, marked), 43, 0.5);
    const auto reading = read_watermark(marked, key(), {false});
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->payload, payload);
    EXPECT_LT(reading->false_positive, 1e-9);
  }
}

TEST(Watermark, LivesThroughEveryAttack) {
  const TemporaryFolder folder;
  for (const auto& picture : {clouds(560, 420, 2), poster(512, 512)}) {
    const Image marked = in_8_bits(embed_watermark(picture, payload, key()));
    for (const Attack& attack : attacks())
      for (const std::uint64_t seed : {0, 1}) {
        const auto reading = read_watermark(attack.apply(marked, seed, folder.path()), key());
        ASSERT_TRUE(reading) << attack.name;
        EXPECT_EQ(reading->payload, payload) << attack.name;
        EXPECT_NEAR(std::abs(reading->rotation), attack.name == "tilt-5" ? 5 : 0, 0.2)
            << attack.name;
        const double scale = attack.name == "half" ? 0.5 : attack.name == "three-halves" ? 1.5 : 1;
        EXPECT_NEAR(reading->scale, scale, 0.01) << attack.name;
      }
  }
}

TEST(Watermark, IsFoundInPicturesTurnedByQuartersAndMirrored) {
  const Image marked = embed_watermark(clouds(384, 300, 3), payload, key());
  Image mirrored = marked, turned{marked.height, marked.width, {}, {}, 8};
  turned.rgb.resize(marked.rgb.size());
  for (int y = 0; y < marked.height; ++y)
    for (int x = 0; x < marked.width; ++x)
      for (int c = 0; c < 3; ++c) {
        const float value = marked.rgb[static_cast<std::size_t>((y * marked.width + x) * 3 + c)];
        mirrored.rgb[static_cast<std::size_t>((y * marked.width + marked.width - 1 - x) * 3 + c)] =
            value;
        turned.rgb[static_cast<std::size_t>((x * turned.width + turned.width - 1 - y) * 3 + c)] =
            value;
      }
  const auto a = read_watermark(mirrored, key(), {false}),
             b = read_watermark(turned, key(), {false});
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->payload, payload);
  EXPECT_TRUE(a->mirrored);
  EXPECT_EQ(b->payload, payload);
  EXPECT_EQ(b->quarter_turns, 1);
  EXPECT_FALSE(b->mirrored);
}

TEST(Watermark, FindsNothingWithoutMarkOrKey) {
  const Image picture = clouds(400, 300, 4);
  EXPECT_FALSE(read_watermark(picture, key()));
  EXPECT_FALSE(read_watermark(poster(300, 300), key()));
  EXPECT_FALSE(read_watermark(embed_watermark(picture, payload, key()),
                              WatermarkKey::derive("another secret, as long")));
}

TEST(Watermark, KeepsAlphaBitsAndValuesOfTransparentPictures) {
  Image picture = clouds(300, 260, 5);
  picture.bits = 16;
  picture.alpha.assign(picture.pixels(), 1);
  for (std::size_t i = 0; i < 300 * 40; ++i) picture.alpha[i] = 0;
  const Image marked = embed_watermark(picture, payload, key());
  EXPECT_EQ(marked.bits, 16);
  EXPECT_EQ(marked.alpha, picture.alpha);
  const auto reading = read_watermark(marked, key());
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->payload, payload);
}

TEST(Watermark, IsTheSameInEveryThreadAndTime) {
  const Image picture = clouds(256, 300, 6);
  const Image once = embed_watermark(picture, payload, key());
  std::vector<Image> again(3);
  std::vector<std::thread> threads;
  for (Image& image : again)
    threads.emplace_back([&] { image = embed_watermark(picture, payload, key()); });
  for (std::thread& thread : threads) thread.join();
  for (const Image& image : again) EXPECT_EQ(image.rgb, once.rgb);
}

TEST(Watermark, TakesAnySizeFromItsLeast) {
  for (const auto& [width, height] :
       {std::pair{128, 128}, std::pair{129, 1000}, std::pair{2100, 131}}) {
    const Image marked = embed_watermark(clouds(width, height, 7), payload, key(), {34});
    EXPECT_EQ(marked.width, width);
    const auto reading = read_watermark(marked, key(), {false});
    ASSERT_TRUE(reading) << width << " x " << height;
    EXPECT_EQ(reading->payload, payload);
  }
}

TEST(Watermark, MarksFlatPicturesWithoutHarm) {
  Image flat{200, 200, std::vector<float>(120000, 0.5F), {}, 8};
  const auto reading = read_watermark(in_8_bits(embed_watermark(flat, payload, key())), key());
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->payload, payload);
  for (const float value : {0.0F, 1.0F}) {
    flat.rgb.assign(120000, value);
    const Image marked = embed_watermark(flat, payload, key());
    for (const float v : marked.rgb) ASSERT_TRUE(v >= 0 && v <= 1);
    EXPECT_FALSE(read_watermark(flat, key()));
  }
}

TEST(Watermark, RefusesWhatIsNoPicture) {
  const auto refuses = [](const Image& picture, const char* text) {
    EXPECT_ERROR(embed_watermark(picture, 1, key()), invalid_argument, HasSubstr(text));
  };
  refuses(clouds(127, 300, 1), "127 x 300");
  Image picture = clouds(200, 200, 1);
  picture.rgb.pop_back();
  refuses(picture, "119999");
  picture.rgb.push_back(std::numeric_limits<float>::quiet_NaN());
  refuses(picture, "finite");
  refuses({}, "0 x 0");
  EXPECT_ERROR(embed_watermark(clouds(200, 200, 1), 1, key(), {29}), invalid_argument,
               HasSubstr("29"));
  EXPECT_ERROR(read_watermark(clouds(63, 300, 1), key()), invalid_argument, HasSubstr("63 x 300"));
}

// The bound: a picture's correlation at any one place exceeds t for at most exp(-t^2 / 2) of keys.
TEST(Watermark, CorrelationOfUnmarkedPicturesIsAsRareAsTheBoundSays) {
  const watermark::TileSpectrum spectrum(watermark::Plane(clouds(256, 256, 8).width, 256));
  EXPECT_NEAR(watermark::false_positive_bound(8, 1e7), 1e7 * std::exp(-32.0) * 16 / 16777216,
              1e-20);
  watermark::Plane plane(256, 256);
  RandomStream random(9, "noise");
  for (float& value : plane.values) value = static_cast<float>(random.normal());
  const watermark::TileSpectrum noise(watermark::gaussian(plane, 1));
  int above = 0;
  constexpr int keys = 60;
  for (int i = 0; i < keys; ++i) {
    const watermark::Pattern pattern(
        WatermarkKey::derive("secret number " + std::to_string(100 + i)));
    above += watermark::find_pilots(noise, pattern).correlation > 5 ? 1 : 0;
  }
  // 16384 places: at most 16384 exp(-12.5) = 6 % of keys.
  EXPECT_LE(above, 10);
}

}  // namespace
}  // namespace atelier::provenance
