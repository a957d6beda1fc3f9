// SPDX-License-Identifier: Apache-2.0
#include "assist/areas.hpp"

#include <cstddef>

namespace atelier::assist {

Labelled connected(const std::vector<int>& labels, int width, int height) {
  Labelled result{std::vector<int>(labels.size(), -1), 0};
  std::vector<std::size_t> open;
  for (std::size_t start = 0; start < labels.size(); ++start) {
    if (result.area[start] >= 0) continue;
    result.area[start] = result.count;
    open.assign(1, start);
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      const int x = static_cast<int>(at % static_cast<std::size_t>(width)),
                y = static_cast<int>(at / static_cast<std::size_t>(width));
      const auto visit = [&](bool there, std::size_t next) {
        if (!there || result.area[next] >= 0 || labels[next] != labels[at]) return;
        result.area[next] = result.count;
        open.push_back(next);
      };
      visit(x > 0, at - 1);
      visit(x + 1 < width, at + 1);
      visit(y > 0, at - static_cast<std::size_t>(width));
      visit(y + 1 < height, at + static_cast<std::size_t>(width));
    }
    ++result.count;
  }
  return result;
}

}  // namespace atelier::assist
