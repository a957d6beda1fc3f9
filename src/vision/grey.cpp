// SPDX-License-Identifier: Apache-2.0
#include "vision/grey.hpp"

#include <opencv2/core/utility.hpp>

namespace atelier::vision {

cv::Mat grey(const image::Image& picture) {
  cv::Mat result(picture.height, picture.width, CV_32F);
  const float* from = picture.rgb.data();
  for (int y = 0; y < result.rows; ++y) {
    auto* to = result.ptr<float>(y);
    for (int x = 0; x < result.cols; ++x, from += 3) {
      to[x] = 0.2126F * from[0] + 0.7152F * from[1] + 0.0722F * from[2];
    }
  }
  return result;
}

cv::Mat grey8(const image::Image& picture) {
  cv::Mat result;
  grey(picture).convertTo(result, CV_8U, 255);
  return result;
}

void use_one_thread() {
  if (cv::getNumThreads() != 1) cv::setNumThreads(1);
}

}  // namespace atelier::vision
