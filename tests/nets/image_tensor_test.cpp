// SPDX-License-Identifier: Apache-2.0
#include "nets/image_tensor.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../style_pictures.hpp"
#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

TEST(ImageTensor, RoundTripsExactly) {
  const image::Image picture = testing::content_picture();
  const at::Tensor tensor = to_tensor(picture);
  EXPECT_EQ(tensor.sizes().vec(), (std::vector<std::int64_t>{1, 3, 48, 64}));
  EXPECT_TRUE(tensor.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_EQ(tensor[0][2][5][7].item<float>(), picture.rgb[(5 * 64 + 7) * 3 + 2]);
  for (const at::Tensor& same : {tensor, tensor.contiguous()}) {
    const image::Image back = to_image(same);
    EXPECT_EQ(back.width, picture.width);
    EXPECT_EQ(back.height, picture.height);
    EXPECT_EQ(back.rgb, picture.rgb);
    EXPECT_TRUE(back.alpha.empty());
  }
}

TEST(ImageTensor, ResizesAConstantToAConstant) {
  const at::Tensor constant = at::full({1, 3, 20, 30}, 0.3f);
  for (const image::Size size : {image::Size{30, 20}, {7, 5}, {91, 63}, {1, 1}}) {
    const at::Tensor resized = resize(constant, size);
    EXPECT_EQ(resized.sizes().vec(), (std::vector<std::int64_t>{1, 3, size.height, size.width}));
    EXPECT_LT((resized - 0.3f).abs().max().item<float>(), 1e-6f);
    EXPECT_TRUE(resized.is_contiguous(at::MemoryFormat::ChannelsLast));
  }
}

TEST(ImageTensor, ResizeToItsOwnSizeChangesNothing) {
  const at::Tensor rgb = to_tensor(testing::content_picture());
  EXPECT_TRUE(at::allclose(resize(rgb, image::Size{64, 48}), rgb, 0, 1e-6));
}

TEST(ImageTensor, ResizeKeepsTheRangeAndARampsMiddle) {
  // A ramp is kept by a kernel that reproduces lines: the middle of 64 columns is that of 16.
  const at::Tensor ramp = at::linspace(0, 1, 64).view({1, 1, 1, 64}).expand({1, 3, 32, 64});
  const at::Tensor half = resize(ramp, image::Size{16, 8});
  EXPECT_NEAR((half[0][0][4][7] + half[0][0][4][8]).item<float>() / 2, 0.5f, 1e-5f);
  EXPECT_NEAR((half[0][0][4][8] - half[0][0][4][7]).item<float>(), 4.0f / 63, 1e-5f);
  const at::Tensor edge = at::cat({at::zeros({1, 3, 8, 8}), at::ones({1, 3, 8, 8})}, 3);
  const at::Tensor large =
      resize(edge, image::Size{64, 32});  // bicubic overshoots; the clamp holds it
  EXPECT_GE(large.min().item<float>(), 0.0f);
  EXPECT_LE(large.max().item<float>(), 1.0f);
}

TEST(ImageTensor, RefusesWhatIsNoPicture) {
  EXPECT_THROW(static_cast<void>(to_image(at::zeros({3, 4, 4}))), Error);
  EXPECT_THROW(static_cast<void>(to_image(at::zeros({1, 4, 4, 4}))), Error);
  EXPECT_THROW(static_cast<void>(resize(at::zeros({1, 3, 4, 4}), image::Size{0, 4})), Error);
  image::Image broken;
  broken.width = broken.height = 2;
  EXPECT_THROW(static_cast<void>(to_tensor(broken)), Error);
}

}  // namespace
}  // namespace atelier::nets
