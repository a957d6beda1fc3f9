// SPDX-License-Identifier: Apache-2.0
#include "assist/minimum_barrier.hpp"

#include <limits>

namespace atelier::assist {
namespace {

class Scan {
 public:
  explicit Scan(const Plane& plane)
      : plane_(plane),
        barrier_(plane.width, plane.height, std::numeric_limits<double>::infinity()),
        highest_(plane),
        lowest_(plane) {
    for (int x = 0; x < plane.width; ++x) barrier_.at(x, 0) = barrier_.at(x, plane.height - 1) = 0;
    for (int y = 0; y < plane.height; ++y) barrier_.at(0, y) = barrier_.at(plane.width - 1, y) = 0;
  }

  void forth() {
    for (int y = 1; y < plane_.height - 1; ++y) {
      for (int x = 1; x < plane_.width - 1; ++x) {
        come_from(x, y, x - 1, y);
        come_from(x, y, x, y - 1);
      }
    }
  }
  void back() {
    for (int y = plane_.height - 2; y > 0; --y) {
      for (int x = plane_.width - 2; x > 0; --x) {
        come_from(x, y, x + 1, y);
        come_from(x, y, x, y + 1);
      }
    }
  }

  [[nodiscard]] Plane take() { return std::move(barrier_); }

 private:
  void come_from(int x, int y, int u, int v) {
    const std::size_t to = plane_.index(x, y), from = plane_.index(u, v);
    const double value = plane_.values[to];
    const double high = std::max(highest_.values[from], value),
                 low = std::min(lowest_.values[from], value);
    if (high - low >= barrier_.values[to]) return;
    barrier_.values[to] = high - low;
    highest_.values[to] = high;
    lowest_.values[to] = low;
  }

  const Plane& plane_;
  Plane barrier_, highest_, lowest_;
};

}  // namespace

Plane minimum_barrier(const Plane& plane, int passes) {
  Scan scan(plane);
  for (int pass = 0; pass < passes; ++pass) {
    if (pass % 2 == 0) {
      scan.forth();
    } else {
      scan.back();
    }
  }
  return scan.take();
}

}  // namespace atelier::assist
