// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace atelier::assist {

/// Which connected area (4 neighbours) of equal labels each pixel belongs to, numbered from 0 in
/// reading order.
struct Labelled {
  std::vector<int> area;  ///< of each pixel
  int count = 0;
};
[[nodiscard]] Labelled connected(const std::vector<int>& labels, int width, int height);

}  // namespace atelier::assist
