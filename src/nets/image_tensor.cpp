// SPDX-License-Identifier: Apache-2.0
#include "nets/image_tensor.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

void expect_picture(const at::Tensor& rgb) {
  if (rgb.dim() != 4 || rgb.size(0) != 1 || rgb.size(1) != 3 || rgb.numel() == 0) {
    fail(ErrorKind::invalid_argument, "a picture is a tensor of 1 x 3 x H x W, not {}.",
         fmt::join(rgb.sizes(), " x "));
  }
}

}  // namespace

at::Tensor to_tensor(const image::Image& image, at::Device device) {
  if (image.width <= 0 || image.height <= 0 || image.rgb.size() != image.pixels() * 3) {
    fail(ErrorKind::invalid_argument, "a picture of {} x {} px needs {} values, not {}.",
         image.width, image.height, image.pixels() * 3, image.rgb.size());
  }
  // Interleaved rows are what channels-last means: one copy, then a view.
  at::Tensor rows = at::empty({1, image.height, image.width, 3}, at::kFloat);
  std::memcpy(rows.data_ptr<float>(), image.rgb.data(), image.rgb.size() * sizeof(float));
  return rows.permute({0, 3, 1, 2}).to(device);
}

image::Image to_image(const at::Tensor& rgb) {
  expect_picture(rgb);
  const at::Tensor rows = rgb.detach().to(at::kCPU, at::kFloat).permute({0, 2, 3, 1}).contiguous();
  image::Image image;
  image.width = static_cast<int>(rows.size(2));
  image.height = static_cast<int>(rows.size(1));
  const float* values = rows.data_ptr<float>();
  image.rgb.assign(values, values + rows.numel());
  return image;
}

at::Tensor resize(const at::Tensor& rgb, image::Size size) {
  expect_picture(rgb);
  if (size.width <= 0 || size.height <= 0) {
    fail(ErrorKind::invalid_argument, "a picture cannot be resized to {} x {} px.", size.width,
         size.height);
  }
  // Torch 1.13 has the antialiased kernel for contiguous processor memory only.
  const at::Tensor plain = rgb.detach().to(at::kCPU).contiguous(at::MemoryFormat::Contiguous);
  const at::Tensor resized =
      at::_upsample_bicubic2d_aa(plain, {size.height, size.width}, /*align_corners=*/false);
  return resized.clamp(0, 1).contiguous(at::MemoryFormat::ChannelsLast).to(rgb.device());
}

}  // namespace atelier::nets
