// SPDX-License-Identifier: Apache-2.0
#include "train/augment.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace atelier::train {
namespace {

struct Sample {
  std::vector<std::byte> bytes;
  PackedPicture picture;
};

Sample gradient(int width, int height) {
  Sample sample;
  for (int i = 0; i < width * height; ++i) {
    for (int c = 0; c < 3; ++c)
      sample.bytes.push_back(static_cast<std::byte>((5 * i + 60 * c) % 256));
  }
  sample.picture = {"sample", "", width, height, 0, "", sample.bytes};
  return sample;
}

at::Tensor of_stream(const Sample& sample, const Augmentation& how, std::uint64_t seed) {
  return augmented(sample.picture, how, RandomStream(seed, "test"));
}

TEST(Augment, TensorHoldsTheBytes) {
  const Sample sample = gradient(5, 4);
  const at::Tensor rgb = to_tensor(sample.picture);
  ASSERT_EQ(rgb.sizes(), (std::vector<std::int64_t>{1, 3, 4, 5}));
  EXPECT_FLOAT_EQ(rgb[0][1][2][3].item<float>(), static_cast<float>(5 * 13 + 60) / 255);
}

TEST(Augment, WholeSquareAtItsSizeIsThePictureOrItsMirror) {
  const Sample sample = gradient(8, 8);
  const at::Tensor rgb = to_tensor(sample.picture);
  const Augmentation how{.size = 8, .least_window = 1, .most_window = 1};
  int mirrored = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const at::Tensor seen = of_stream(sample, how, seed);
    const bool same = at::allclose(seen, rgb, 0, 1e-6);
    const bool mirror = at::allclose(seen, rgb.flip(3), 0, 1e-6);
    EXPECT_TRUE(same != mirror);
    mirrored += mirror;
  }
  EXPECT_GT(mirrored, 3);
  EXPECT_LT(mirrored, 17);
}

TEST(Augment, OneStreamOnePicture) {
  const Sample sample = gradient(40, 30);
  const Augmentation how{.size = 16, .least_window = 0.3, .recolour = 0.5};
  EXPECT_TRUE(at::equal(of_stream(sample, how, 3), of_stream(sample, how, 3)));
  EXPECT_FALSE(at::equal(of_stream(sample, how, 3), of_stream(sample, how, 4)));
}

TEST(Augment, ConstantPicturesStayConstantInEveryWindow) {
  Sample sample = gradient(23, 17);
  std::fill(sample.bytes.begin(), sample.bytes.end(), static_cast<std::byte>(51));
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const at::Tensor seen = of_stream(sample, {.size = 24, .least_window = 0.2}, seed);
    EXPECT_TRUE(at::allclose(seen, at::full_like(seen, 0.2), 0, 1e-6));
  }
}

TEST(Augment, RecolouringExchangesChannelsOrTurnsThem) {
  Sample sample = gradient(4, 4);
  for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
    sample.bytes[i] = static_cast<std::byte>(51 * (i % 3));  // 0, 0.2, 0.4
  }
  const Augmentation how{.size = 4, .least_window = 1, .recolour = 1};
  bool turned = false;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    at::Tensor colour = of_stream(sample, how, seed)[0].select(2, 0).select(1, 0);
    colour = std::get<0>(colour.sort());
    const bool negative = colour[2].item<float>() > 0.9F;
    if (negative) colour = (1 - colour).flip(0);
    turned = turned || negative;
    EXPECT_TRUE(at::allclose(colour, at::tensor({0.0F, 0.2F, 0.4F}), 0, 1e-5));
  }
  EXPECT_TRUE(turned);
}

TEST(Augment, MiddleSquareIsTheMiddle) {
  const Sample sample = gradient(10, 4);
  const at::Tensor rgb = to_tensor(sample.picture);
  EXPECT_TRUE(at::allclose(middle_square(sample.picture, 4), rgb.narrow(3, 3, 4), 0, 1e-6));
}

}  // namespace
}  // namespace atelier::train
