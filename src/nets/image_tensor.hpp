// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "atelier/image/image.hpp"

namespace atelier::nets {

/// 1 x 3 x H x W float32, sRGB 0..1, channels-last in memory, on `device`. A large one is spilled
/// (tensor/spill.hpp), as is what resize() makes.
[[nodiscard]] at::Tensor to_tensor(const image::Image& image, at::Device device = at::kCPU);

/// The other way; values are kept as they are. Alpha is empty.
[[nodiscard]] image::Image to_image(const at::Tensor& rgb);

/// Antialiased bicubic to exactly this size, clamped to 0..1 (tensor::bicubic_axis); the same
/// tensor when it has that size already.
[[nodiscard]] at::Tensor resize(const at::Tensor& rgb, image::Size size);

}  // namespace atelier::nets
