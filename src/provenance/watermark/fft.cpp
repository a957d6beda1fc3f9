// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/fft.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace atelier::provenance::watermark {
namespace {

void transpose(float* values, std::size_t n) {
  constexpr std::size_t block = 16;
  for (std::size_t by = 0; by < n; by += block)
    for (std::size_t bx = by; bx < n; bx += block)
      for (std::size_t y = by; y < by + block && y < n; ++y)
        for (std::size_t x = bx == by ? y + 1 : bx; x < bx + block && x < n; ++x)
          std::swap(values[y * n + x], values[x * n + y]);
}

/// A row of values, in two arrays.
struct Row {
  float* __restrict real;
  float* __restrict imaginary;
};

/// a + turn b and a - turn b, of each of n columns.
void butterflies(Row a, Row b, Complex turn, std::size_t n) {
  const float c = turn.real(), s = turn.imag();
  for (std::size_t x = 0; x < n; ++x) {
    const float real = b.real[x] * c - b.imaginary[x] * s;
    const float imaginary = b.real[x] * s + b.imaginary[x] * c;
    b.real[x] = a.real[x] - real;
    b.imaginary[x] = a.imaginary[x] - imaginary;
    a.real[x] += real;
    a.imaginary[x] += imaginary;
  }
}

}  // namespace

Fft::Fft(std::size_t size) : order_(size), turns_(size / 2) {
  assert(size >= 2 && (size & (size - 1)) == 0);
  for (std::size_t i = 1; i < size; ++i)
    order_[i] = (order_[i / 2] / 2) | ((i & 1) != 0 ? size / 2 : 0);
  for (std::size_t k = 0; k < turns_.size(); ++k) {
    const double angle = -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
    turns_[k] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
  }
}

void Fft::forward(Complex* values) const {
  const std::size_t n = size();
  for (std::size_t i = 0; i < n; ++i)
    if (i < order_[i]) std::swap(values[i], values[order_[i]]);
  for (std::size_t half = 1; half < n; half *= 2) {
    const std::size_t stride = n / (2 * half);
    for (std::size_t begin = 0; begin < n; begin += 2 * half) {
      Complex* a = values + begin;
      Complex* b = a + half;
      for (std::size_t k = 0; k < half; ++k) {
        const Complex turned = times(b[k], turns_[k * stride]);
        b[k] = a[k] - turned;
        a[k] += turned;
      }
    }
  }
}

void Fft::columns(float* real, float* imaginary) const {
  const std::size_t n = size();
  for (std::size_t i = 0; i < n; ++i)
    if (i < order_[i]) {
      std::swap_ranges(real + i * n, real + (i + 1) * n, real + order_[i] * n);
      std::swap_ranges(imaginary + i * n, imaginary + (i + 1) * n, imaginary + order_[i] * n);
    }
  for (std::size_t half = 1; half < n; half *= 2)
    for (std::size_t begin = 0; begin < n; begin += 2 * half)
      for (std::size_t k = 0; k < half; ++k) {
        const Complex turn = turns_[k * (n / (2 * half))];
        butterflies({real + (begin + k) * n, imaginary + (begin + k) * n},
                    {real + (begin + half + k) * n, imaginary + (begin + half + k) * n}, turn, n);
      }
}

void Fft::square(const Complex* from, Complex* to, bool backward) const {
  const std::size_t n = size(), count = n * n;
  std::vector<float> real(count), imaginary(count);
  for (std::size_t i = 0; i < count; ++i) {
    real[i] = from[i].real();
    imaginary[i] = from[i].imag();
  }
  // With the parts exchanged, a transform is the one backward.
  float* first = backward ? imaginary.data() : real.data();
  float* second = backward ? real.data() : imaginary.data();
  for (int direction = 0; direction < 2; ++direction) {
    columns(first, second);
    transpose(first, n);
    transpose(second, n);
  }
  for (std::size_t i = 0; i < count; ++i) to[i] = {real[i], imaginary[i]};
}

void Fft::forward_square(Complex* values) const {
  square(values, values, false);
}
void Fft::backward_square(Complex* values) const {
  square(values, values, true);
}

}  // namespace atelier::provenance::watermark
