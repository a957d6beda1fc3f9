// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::assist {

/// H x W values, top row first.
struct Plane {
  int width = 0, height = 0;
  std::vector<double> values;

  Plane() = default;
  Plane(int w, int h, double value = 0)
      : width(w),
        height(h),
        values(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), value) {}

  [[nodiscard]] std::size_t index(int x, int y) const noexcept {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
  [[nodiscard]] double at(int x, int y) const noexcept { return values[index(x, y)]; }
  double& at(int x, int y) noexcept { return values[index(x, y)]; }
};

/// A picture's L, a and b of Oklab; transparent parts are laid on white.
[[nodiscard]] std::array<Plane, 3> oklab_planes(const image::Image& picture);

/// Brought to this long edge, either way; each edge at least 1 px.
[[nodiscard]] image::Image at_long_edge(const image::Image& picture, int edge);

/// Mean over squares of 2 radius + 1 px, those beyond the border left out.
[[nodiscard]] Plane box_mean(const Plane& plane, int radius);

/// Greyscale opening, then closing, by reconstruction: what is smaller than a square of 2 radius +
/// 1 px goes, and the borders of the rest stay.
///
/// Source: Vincent, "Morphological Grayscale Reconstruction in Image Analysis", IEEE Trans. Image
/// Processing 2, 1993.
[[nodiscard]] Plane open_close(const Plane& plane, int radius);

}  // namespace atelier::assist
