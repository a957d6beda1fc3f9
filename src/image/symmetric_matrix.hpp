// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>

namespace atelier::image {

using Vector3 = std::array<double, 3>;
using Matrix3 = std::array<double, 9>;  ///< row by row

[[nodiscard]] Vector3 times(const Matrix3& m, const Vector3& v);
[[nodiscard]] Matrix3 times(const Matrix3& a, const Matrix3& b);

/// V f(D) V' of a symmetric V D V': the function of a matrix. By Jacobi's rotations, to rounding.
/// Source: Golub and Van Loan, "Matrix Computations", 4th ed., 8.5.
[[nodiscard]] Matrix3 function_of(const Matrix3& symmetric, const std::function<double(double)>& f);

}  // namespace atelier::image
