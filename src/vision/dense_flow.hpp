// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "atelier/vision/flow.hpp"

namespace atelier::vision {

/// The flow from `here` to `there`, 8-bit grey of one size, each edge >= 16 px; begun from
/// `first_guess` (two floats a pixel) when that is not empty.
[[nodiscard]] FlowField dense_flow(const cv::Mat& here, const cv::Mat& there,
                                   const cv::Mat& first_guess = {});

/// Both ways, side by side.
[[nodiscard]] Motion motion_between(const cv::Mat& last, const cv::Mat& now);

}  // namespace atelier::vision
