// SPDX-License-Identifier: Apache-2.0
#include "image/canvas.hpp"

#include <algorithm>

namespace atelier::image {

Canvas::Canvas(Size size) {
  image_.width = size.width;
  image_.height = size.height;
  image_.rgb.assign(image_.pixels() * 3, 1.0F);
}

void Canvas::draw(const Image& picture, Place at) {
  for (int y = 0; y < picture.height; ++y) {
    const auto from = picture.rgb.begin() + std::ptrdiff_t{3} * y * picture.width;
    std::copy(from, from + std::ptrdiff_t{3} * picture.width,
              image_.rgb.begin() + offset(at.left, at.top + y));
  }
}

void Canvas::draw(const Text& text, Place at, float grey) {
  for (int y = 0; y < text.height; ++y) {
    for (int x = 0; x < text.width; ++x) {
      const float cover =
          static_cast<float>(text.cover[static_cast<std::size_t>(y) * text.width + x]) / 255;
      for (int c = 0; c < 3; ++c) {
        float& value = image_.rgb[static_cast<std::size_t>(offset(at.left + x, at.top + y) + c)];
        value += cover * (grey - value);
      }
    }
  }
}

void Canvas::draw_box(Place at, Size size, float grey) {
  draw_box(at, size, {grey, grey, grey});
}

void Canvas::draw_box(Place at, Size size, const std::array<float, 3>& colour) {
  for (int y = 0; y < size.height; ++y) {
    auto value = image_.rgb.begin() + offset(at.left, at.top + y);
    for (int x = 0; x < size.width; ++x) value = std::copy(colour.begin(), colour.end(), value);
  }
}

}  // namespace atelier::image
