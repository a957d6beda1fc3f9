// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace atelier::assist {

/// A place in a picture: 0..1 from its left and from its top edge.
struct Point {
  double x = 0, y = 0;
};

/// From one end to the other.
struct Line {
  Point from, to;
};

/// An upright rectangle, edges in 0..1 from the picture's left and top edge; the whole picture
/// unless said.
struct Box {
  double left = 0, top = 0, right = 1, bottom = 1;

  [[nodiscard]] double width() const noexcept { return right - left; }
  [[nodiscard]] double height() const noexcept { return bottom - top; }
  [[nodiscard]] double area() const noexcept {
    return std::max(width(), 0.0) * std::max(height(), 0.0);
  }
  [[nodiscard]] Point centre() const noexcept { return {(left + right) / 2, (top + bottom) / 2}; }
};

/// What two boxes share; of area 0 when they are apart.
[[nodiscard]] inline Box common(const Box& a, const Box& b) noexcept {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
          std::min(a.bottom, b.bottom)};
}

/// The least box that holds both.
[[nodiscard]] inline Box around(const Box& a, const Box& b) noexcept {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

/// A box grown by so much of the picture to every side, but not beyond the picture.
[[nodiscard]] inline Box grown(const Box& box, double across, double down) noexcept {
  return common({box.left - across, box.top - down, box.right + across, box.bottom + down}, {});
}

}  // namespace atelier::assist
