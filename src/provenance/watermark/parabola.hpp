// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

namespace atelier::provenance::watermark {

/// The parabola a + b x + c x^2 nearest to points, by least squares. At least three different x.
class Parabola {
 public:
  Parabola(const std::vector<double>& x, const std::vector<double>& y);
  [[nodiscard]] double at(double x) const { return c_[0] + x * (c_[1] + x * c_[2]); }

 private:
  std::array<double, 3> c_{};
};

}  // namespace atelier::provenance::watermark
