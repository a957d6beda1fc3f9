// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace atelier::vision {

/// A connected area that could be a letter by its size, its contrast and its stroke.
struct Letter {
  cv::Rect box;
  bool light = false;         ///< than its surroundings
  double luma = 0;            ///< mean, 0..255
  double contrast = 0;        ///< of that to the pixels around it
  double ink = 0, paper = 0;  ///< deviation of luma within it and around it
  double stroke = 0;          ///< width, px
  double fill = 0;            ///< share of its box, 0..1
};

/// The letters of an 8-bit picture, as find_text() describes them; each once.
[[nodiscard]] std::vector<Letter> find_letters(const cv::Mat& luma);

}  // namespace atelier::vision
