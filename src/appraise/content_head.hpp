// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "appraise/logistic.hpp"

namespace atelier::appraise {

/// ImageNet's classes: their names, a picture of each, and the classifier that came with the
/// network.
struct ContentData {
  std::vector<std::string> names;            ///< in the classifier's order
  std::vector<std::filesystem::path> files;  ///< of each class one
  Linear top;                                ///< on Eyes' head
};

/// `folder`: pictures named SYNSET_NAME.suffix, one of each class; the classifier's order is that
/// of the synsets ("n01440764"). Underscores in names are spaces. `top`: a torch file that holds
/// _fc.weight (classes x `width`) and _fc.bias, as EfficientNet-PyTorch names them.
/// Throws Error bad_input when it does not, or the folder does not hold as many classes.
[[nodiscard]] ContentData read_content(const std::filesystem::path& folder,
                                       const std::filesystem::path& top, std::int64_t width);

/// The classifier with a temperature, and what it gets right.
struct ContentHead {
  Linear head;
  double temperature = 1;
  double top_1 = 0, top_5 = 0;  ///< shares of the pictures
  /// Of every second picture, at the temperature that the others give.
  double calibration_error = 0;
};

/// `heads`: what Eyes' head shows of each file, N x width.
[[nodiscard]] ContentHead learn_content(const ContentData& data, const at::Tensor& heads);

}  // namespace atelier::appraise
