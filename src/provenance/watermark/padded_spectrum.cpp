// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/padded_spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::provenance::watermark {

PaddedSpectrum::PaddedSpectrum(const Plane& plane) {
  const int width = std::min(plane.width, max_window), height = std::min(plane.height, max_window);
  size_ = 256;
  while (size_ < 2 * std::max(width, height)) size_ *= 2;
  const Fft fft(static_cast<std::size_t>(size_));
  const int kept = static_cast<int>(max_frequency * size_) + 2;
  const auto size = static_cast<std::size_t>(size_);
  columns_.assign(static_cast<std::size_t>(kept) * size, {});
  const auto wrapped = [&](int i) { return static_cast<std::size_t>(i & (size_ - 1)); };
  std::vector<Complex> row(size);
  for (int y = 0; y < height; ++y) {
    const float* from = plane.row((plane.height - height) / 2 + y) + (plane.width - width) / 2;
    std::fill(row.begin(), row.end(), Complex());
    for (int x = 0; x < width; ++x) row[wrapped(x - width / 2)] = from[x];
    fft.forward(row.data());
    for (int x = 0; x < kept; ++x)
      columns_[static_cast<std::size_t>(x) * size + wrapped(y - height / 2)] =
          row[static_cast<std::size_t>(x)];
  }
  for (int x = 0; x < kept; ++x) fft.forward(columns_.data() + static_cast<std::size_t>(x) * size);
}

Complex PaddedSpectrum::at(float x, float y) const {
  const bool mirrored = x < 0;
  const auto size = static_cast<float>(size_);
  const float u = (mirrored ? -x : x) * size, v = (mirrored ? -y : y) * size;
  const float left = std::floor(u), top = std::floor(v), fx = u - left, fy = v - top;
  const int row = static_cast<int>(top) & (size_ - 1), below = (row + 1) & (size_ - 1);
  const Complex* a = columns_.data() + static_cast<std::ptrdiff_t>(left) * size_;
  const Complex* b = a + size_;
  const Complex value =
      (1 - fx) * ((1 - fy) * a[row] + fy * a[below]) + fx * ((1 - fy) * b[row] + fy * b[below]);
  return mirrored ? std::conj(value) : value;
}

}  // namespace atelier::provenance::watermark
