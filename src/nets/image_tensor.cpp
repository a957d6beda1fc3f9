// SPDX-License-Identifier: Apache-2.0
#include "nets/image_tensor.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "atelier/base/error.hpp"
#include "tensor/interpolation.hpp"
#include "tensor/spill.hpp"

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
  // Interleaved rows are what channels-last means: one copy of each.
  at::Tensor rgb = tensor::spillable_zeros({1, 3, image.height, image.width}, at::kFloat);
  const std::size_t row = static_cast<std::size_t>(image.width) * 3;
  for (int y = 0; y < image.height; ++y) {
    const at::Tensor to = rgb.narrow(2, y, 1);
    std::memcpy(to.data_ptr<float>(), image.rgb.data() + static_cast<std::size_t>(y) * row,
                row * sizeof(float));
    tensor::let_go(to);
  }
  return rgb.to(device);
}

image::Image to_image(const at::Tensor& rgb) {
  expect_picture(rgb);
  const at::Tensor here =
      rgb.detach().to(at::kCPU, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
  image::Image image;
  image.width = static_cast<int>(here.size(3));
  image.height = static_cast<int>(here.size(2));
  image.rgb.reserve(image.pixels() * 3);
  for (std::int64_t y = 0; y < here.size(2); ++y) {
    const at::Tensor from = here.narrow(2, y, 1);
    const float* values = from.data_ptr<float>();
    image.rgb.insert(image.rgb.end(), values, values + from.numel());
    tensor::let_go(from);
  }
  return image;
}

at::Tensor resize(const at::Tensor& rgb, image::Size size) {
  expect_picture(rgb);
  if (size.width <= 0 || size.height <= 0) {
    fail(ErrorKind::invalid_argument, "a picture cannot be resized to {} x {} px.", size.width,
         size.height);
  }
  const at::Tensor x = rgb.contiguous(at::MemoryFormat::ChannelsLast);
  const int height = static_cast<int>(x.size(2)), width = static_cast<int>(x.size(3));
  if (size == image::Size{width, height}) return x;
  at::Tensor resized = tensor::spillable_zeros({1, 3, size.height, size.width}, x.options());
  tensor::interpolate(x, tensor::bicubic_axis(height, size.height),
                      tensor::bicubic_axis(width, size.width), resized);
  tensor::by_strips([](const at::Tensor& strip) { strip.clamp_(0, 1); }, resized);
  return resized;
}

}  // namespace atelier::nets
