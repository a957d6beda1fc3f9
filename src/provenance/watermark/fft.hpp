// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace atelier::provenance::watermark {

using Complex = std::complex<float>;

/// Product without the checks for infinities that std::complex has.
[[nodiscard]] inline Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}
/// a times b's conjugate.
[[nodiscard]] inline Complex times_conjugate(Complex a, Complex b) {
  return {a.real() * b.real() + a.imag() * b.imag(), a.imag() * b.real() - a.real() * b.imag()};
}

/// The discrete Fourier transform of 2^n values, X[k] = sum_j x[j] exp(-2 pi i j k / N), in place.
/// Source: Cooley, Tukey 1965, radix 2. Its sums have one order, so that results are the same
/// everywhere.
class Fft {
 public:
  /// `size`: a power of two.
  explicit Fft(std::size_t size);

  [[nodiscard]] std::size_t size() const noexcept { return order_.size(); }
  void forward(Complex* values) const;

  /// Rows, then columns, of size() x size() values.
  void forward_square(Complex* values) const;
  /// Sums with exp(+2 pi i ...), without division by the number of values.
  void backward_square(Complex* values) const;

 private:
  /// Each column of size() x size() values; row by row, so that many columns go at once.
  void columns(float* real, float* imaginary) const;
  void square(const Complex* from, Complex* to, bool backward) const;

  std::vector<std::size_t> order_;  ///< bit-reversed numbers
  std::vector<Complex> turns_;      ///< exp(-2 pi i k / size), k < size / 2
};

}  // namespace atelier::provenance::watermark
