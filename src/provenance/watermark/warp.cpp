// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/warp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::provenance::watermark {
namespace {

std::array<float, 4> cubic(float t) {
  return {((-0.5F * t + 1) * t - 0.5F) * t, (1.5F * t - 2.5F) * t * t + 1,
          ((-1.5F * t + 2) * t + 0.5F) * t, (0.5F * t - 0.5F) * t * t};
}

float sample(const Plane& source, double x, double y) {
  const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
  const auto across = cubic(static_cast<float>(x - left));
  const auto down = cubic(static_cast<float>(y - top));
  float sum = 0;
  for (int j = 0; j < 4; ++j) {
    const float* row = source.row(std::clamp(top - 1 + j, 0, source.height - 1));
    float along = 0;
    for (int i = 0; i < 4; ++i)
      along += across[i] * row[std::clamp(left - 1 + i, 0, source.width - 1)];
    sum += down[j] * along;
  }
  return sum;
}

}  // namespace

Affine Affine::after(const Affine& inner) const {
  return {xx * inner.xx + xy * inner.yx,      xx * inner.xy + xy * inner.yy,
          yx * inner.xx + yy * inner.yx,      yx * inner.xy + yy * inner.yy,
          xx * inner.x0 + xy * inner.y0 + x0, yx * inner.x0 + yy * inner.y0 + y0};
}

Affine similarity(double scale, double angle) {
  const double c = scale * std::cos(angle), s = scale * std::sin(angle);
  return {c, -s, s, c, 0, 0};
}

Warped warp(const Plane& source, const Affine& from, int width, int height) {
  Warped result{Plane(width, height), {}};
  result.inside.reserve(result.plane.values.size());
  for (int v = 0; v < height; ++v)
    for (int u = 0; u < width; ++u) {
      const double du = u - (width - 1) / 2.0, dv = v - (height - 1) / 2.0;
      const double x = from.xx * du + from.xy * dv + from.x0 + (source.width - 1) / 2.0;
      const double y = from.yx * du + from.yy * dv + from.y0 + (source.height - 1) / 2.0;
      const bool inside = x >= 0 && y >= 0 && x <= source.width - 1 && y <= source.height - 1;
      result.inside.push_back(inside);
      result.plane.row(v)[u] = sample(source, std::clamp(x, 0.0, source.width - 1.0),
                                      std::clamp(y, 0.0, source.height - 1.0));
    }
  return result;
}

Plane turned(const Plane& plane, int quarters, bool mirror) {
  Plane result = plane;
  if (mirror)
    for (int y = 0; y < result.height; ++y)
      std::reverse(result.row(y), result.row(y) + result.width);
  for (int quarter = 0; quarter < quarters; ++quarter) {
    Plane next(result.height, result.width);
    for (int y = 0; y < result.height; ++y)
      for (int x = 0; x < result.width; ++x) next.row(x)[result.height - 1 - y] = result.row(y)[x];
    result = std::move(next);
  }
  return result;
}

}  // namespace atelier::provenance::watermark
