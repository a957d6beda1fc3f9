// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/parabola.hpp"

#include <cstddef>

namespace atelier::provenance::watermark {

Parabola::Parabola(const std::vector<double>& x, const std::vector<double>& y) {
  std::array<std::array<double, 4>, 3> rows{};  // the normal equations
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::array<double, 3> powers{1, x[i], x[i] * x[i]};
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) rows[r][c] += powers[r] * powers[c];
      rows[r][3] += powers[r] * y[i];
    }
  }
  for (std::size_t pivot = 0; pivot < 3; ++pivot)
    for (std::size_t r = 0; r < 3; ++r) {
      if (r == pivot) continue;
      const double factor = rows[r][pivot] / rows[pivot][pivot];
      for (std::size_t c = pivot; c < 4; ++c) rows[r][c] -= factor * rows[pivot][c];
    }
  for (std::size_t r = 0; r < 3; ++r) c_[r] = rows[r][3] / rows[r][r];
}

}  // namespace atelier::provenance::watermark
