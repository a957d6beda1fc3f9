// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace atelier::nets {

/// How a network wants its picture: channel order, scale, mean and deviation, from the registry.
/// input = (rgb * scale - mean) / std, channels reversed first when bgr.
struct InputConvention {
  bool bgr = false;
  double scale = 1.0;
  std::vector<double> mean{0, 0, 0};  // in the network's channel order
  std::vector<double> std{1, 1, 1};
};

/// `text`, such as {"bgr": true, "scale": 255, "mean": [...], "std": [...]}, as a convention.
/// Throws Error bad_input when it is not such JSON, or a number is not finite or a deviation is
/// zero.
[[nodiscard]] InputConvention parse_convention(const std::string& text);

}  // namespace atelier::nets
