// SPDX-License-Identifier: Apache-2.0
#include "appraise/confusion_picture.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "image/canvas.hpp"
#include "image/text.hpp"

namespace atelier::appraise {
namespace {

constexpr int cell_width = 112, cell_height = 44, margin = 24, names = 170, heading = 64;  // px
constexpr int small = 13, medium = 15;                                                     // px
constexpr std::array<float, 3> full{0.10F, 0.32F, 0.55F};  // of a whole row, sRGB

std::string shown(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::array<float, 3> shade(double share) {
  std::array<float, 3> colour;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = 1 + static_cast<float>(share) * (full[c] - 1);
  return colour;
}

/// Draws a text in the middle of a box.
void draw_middle(image::Canvas& canvas, const image::Text& text, image::Place at, image::Size box,
                 float grey) {
  canvas.draw(text,
              {at.left + (box.width - text.width) / 2, at.top + (box.height - text.height) / 2},
              grey);
}

}  // namespace

image::Image confusion_picture(const at::Tensor& matrix, const std::vector<std::string>& classes) {
  const int count = static_cast<int>(classes.size());
  const int left = margin + names, top = margin + medium * 2 + heading;
  image::Canvas canvas({left + count * cell_width + margin, top + count * cell_height + margin});
  canvas.draw(
      image::draw_text("rows: what works are; columns: what they were called, by a model that "
                       "saw none of their artists",
                       medium, count * cell_width + names, image::Align::left, false),
      {margin, margin}, image::ink);
  for (int r = 0; r < count; ++r) {
    const std::string name = shown(classes[static_cast<std::size_t>(r)]);
    const image::Place here{left + r * cell_width, top + r * cell_height};
    draw_middle(canvas, image::draw_text(name, small, cell_width, image::Align::centre, false),
                {here.left, top - heading}, {cell_width, heading}, image::ink);
    draw_middle(canvas, image::draw_text(name, small, names - margin, image::Align::left, false),
                {margin, here.top}, {names - margin, cell_height}, image::ink);
    const double works = std::max(1.0, matrix[r].sum().item<double>());
    for (int c = 0; c < count; ++c) {
      const auto of = matrix[r][c].item<std::int64_t>();
      const double share = static_cast<double>(of) / works;
      const image::Place at{left + c * cell_width, here.top};
      canvas.draw_box(at, {cell_width - 2, cell_height - 2}, shade(share));
      if (of == 0) continue;
      draw_middle(
          canvas,
          image::draw_text(fmt::to_string(of), medium, cell_width, image::Align::centre, r == c),
          at, {cell_width - 2, cell_height - 2}, share > 0.5 ? 1.0F : image::ink);
    }
  }
  return canvas.take();
}

}  // namespace atelier::appraise
