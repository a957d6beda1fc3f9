// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/fft.hpp"

#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace atelier::provenance::watermark {
namespace {

void transpose(Complex* values, std::size_t n) {
  constexpr std::size_t block = 16;
  for (std::size_t by = 0; by < n; by += block)
    for (std::size_t bx = by; bx < n; bx += block)
      for (std::size_t y = by; y < by + block && y < n; ++y)
        for (std::size_t x = bx == by ? y + 1 : bx; x < bx + block && x < n; ++x)
          std::swap(values[y * n + x], values[x * n + y]);
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

void Fft::forward_square(Complex* values) const {
  for (int direction = 0; direction < 2; ++direction) {
    for (std::size_t row = 0; row < size(); ++row) forward(values + row * size());
    transpose(values, size());
  }
}

void Fft::backward_square(Complex* values) const {
  for (std::size_t i = 0; i < size() * size(); ++i) values[i] = std::conj(values[i]);
  forward_square(values);
  for (std::size_t i = 0; i < size() * size(); ++i) values[i] = std::conj(values[i]);
}

}  // namespace atelier::provenance::watermark
