// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace atelier::provenance::watermark {

/// Values of one kind, top row first. Luminance counts in grey levels, 0..255.
struct Plane {
  Plane() = default;
  Plane(int w, int h)
      : width(w), height(h), values(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}

  int width = 0, height = 0;
  std::vector<float> values;

  [[nodiscard]] float* row(int y) noexcept {
    return values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
  [[nodiscard]] const float* row(int y) const noexcept {
    return values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

/// Convolution with a Gaussian of `sigma` px, cut at 3.5 sigma, the border mirrored.
[[nodiscard]] Plane gaussian(const Plane& plane, double sigma);

/// To exactly this size by Catmull and Rom's cubic, widened where the plane becomes smaller so that
/// nothing folds over. Pixel centres lie at half numbers.
[[nodiscard]] Plane resample(const Plane& plane, int width, int height);

/// The part whose upper left corner is (x, y); it must lie within.
[[nodiscard]] Plane cut(const Plane& plane, int x, int y, int width, int height);

}  // namespace atelier::provenance::watermark
