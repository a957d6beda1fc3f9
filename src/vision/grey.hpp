// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "atelier/image/image.hpp"

namespace atelier::vision {

/// Luma of sRGB-encoded values (Rec. 709 weights), 0..1, one float a pixel.
[[nodiscard]] cv::Mat grey(const image::Image& picture);

/// The same as 0..255.
[[nodiscard]] cv::Mat grey8(const image::Image& picture);

/// Makes OpenCV compute with the calling thread alone: some of its results depend on how many
/// threads it has.
void use_one_thread();

}  // namespace atelier::vision
