// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/plane.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::provenance::watermark {
namespace {

/// For each value of the result, where its sources begin and what each counts.
struct Taps {
  int count = 0;
  std::vector<int> source;     ///< result * count, within the plane
  std::vector<float> weights;  ///< result * count
};

double catmull_rom(double x) {
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

Taps cubic_taps(int from, int to) {
  const double ratio = static_cast<double>(from) / to, widen = std::max(1.0, ratio);
  Taps taps;
  taps.count = static_cast<int>(std::ceil(4 * widen)) + 1;
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * ratio - 0.5;
    const int first = static_cast<int>(std::floor(centre - 2 * widen)) + 1;
    std::vector<double> weights;
    double sum = 0;
    for (int tap = 0; tap < taps.count; ++tap) {
      weights.push_back(catmull_rom((first + tap - centre) / widen));
      sum += weights.back();
      taps.source.push_back(std::clamp(first + tap, 0, from - 1));
    }
    for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
  }
  return taps;
}

int mirrored(int i, int size) {
  const int period = 2 * size;
  i = ((i % period) + period) % period;
  return i < size ? i : period - 1 - i;
}

Taps gaussian_taps(int size, double sigma) {
  const int radius = static_cast<int>(std::ceil(3.5 * sigma));
  Taps taps;
  taps.count = 2 * radius + 1;
  std::vector<double> kernel;
  double sum = 0;
  for (int d = -radius; d <= radius; ++d) {
    kernel.push_back(std::exp(-d * d / (2 * sigma * sigma)));
    sum += kernel.back();
  }
  for (int i = 0; i < size; ++i)
    for (int d = -radius; d <= radius; ++d) {
      taps.source.push_back(mirrored(i + d, size));
      taps.weights.push_back(static_cast<float>(kernel[d + radius] / sum));
    }
  return taps;
}

Plane down_columns(const Plane& plane, const Taps& taps, int height) {
  Plane result(plane.width, height);
  for (int y = 0; y < height; ++y) {
    float* to = result.row(y);
    for (int tap = 0; tap < taps.count; ++tap) {
      const float weight = taps.weights[y * taps.count + tap];
      if (weight == 0) continue;
      const float* from = plane.row(taps.source[y * taps.count + tap]);
      for (int x = 0; x < plane.width; ++x) to[x] += weight * from[x];
    }
  }
  return result;
}

Plane transposed(const Plane& plane) {
  constexpr int block = 32;
  Plane result(plane.height, plane.width);
  for (int by = 0; by < plane.height; by += block)
    for (int bx = 0; bx < plane.width; bx += block)
      for (int y = by; y < std::min(by + block, plane.height); ++y)
        for (int x = bx; x < std::min(bx + block, plane.width); ++x)
          result.row(x)[y] = plane.row(y)[x];
  return result;
}

Plane separable(const Plane& plane, const Taps& columns, int height, const Taps& rows, int width) {
  return transposed(down_columns(transposed(down_columns(plane, columns, height)), rows, width));
}

}  // namespace

Plane gaussian(const Plane& plane, double sigma) {
  return separable(plane, gaussian_taps(plane.height, sigma), plane.height,
                   gaussian_taps(plane.width, sigma), plane.width);
}

Plane resample(const Plane& plane, int width, int height) {
  if (width == plane.width && height == plane.height) return plane;
  return separable(plane, cubic_taps(plane.height, height), height, cubic_taps(plane.width, width),
                   width);
}

Plane cut(const Plane& plane, int x, int y, int width, int height) {
  Plane result(width, height);
  for (int row = 0; row < height; ++row)
    std::copy_n(plane.row(y + row) + x, width, result.row(row));
  return result;
}

}  // namespace atelier::provenance::watermark
