// SPDX-License-Identifier: Apache-2.0
#include "image/symmetric_matrix.hpp"

#include <cmath>

namespace atelier::image {

Vector3 times(const Matrix3& m, const Vector3& v) {
  Vector3 result{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) result[i] += m[3 * i + j] * v[j];
  }
  return result;
}

Matrix3 times(const Matrix3& a, const Matrix3& b) {
  Matrix3 result{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) result[3 * i + j] += a[3 * i + k] * b[3 * k + j];
    }
  }
  return result;
}

Matrix3 function_of(const Matrix3& symmetric, const std::function<double(double)>& f) {
  Matrix3 d = symmetric, v{1, 0, 0, 0, 1, 0, 0, 0, 1};
  constexpr int sweeps = 30;  // five or so suffice; each squares what is left
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (const auto& [p, q] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
      if (d[3 * p + q] == 0) continue;
      const double half = (d[3 * q + q] - d[3 * p + p]) / (2 * d[3 * p + q]);
      const double t = (half < 0 ? -1 : 1) / (std::abs(half) + std::hypot(half, 1));
      const double c = 1 / std::hypot(t, 1), s = t * c;
      Matrix3 turn{1, 0, 0, 0, 1, 0, 0, 0, 1}, back = turn;
      turn[3 * p + p] = turn[3 * q + q] = back[3 * p + p] = back[3 * q + q] = c;
      turn[3 * p + q] = back[3 * q + p] = s;
      turn[3 * q + p] = back[3 * p + q] = -s;
      d = times(times(back, d), turn);
      d[3 * p + q] = d[3 * q + p] = 0;
      v = times(v, turn);
    }
  }
  Matrix3 result{};
  for (int k = 0; k < 3; ++k) {
    const double value = f(d[4 * k]);
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) result[3 * i + j] += value * v[3 * i + k] * v[3 * j + k];
    }
  }
  return result;
}

}  // namespace atelier::image
