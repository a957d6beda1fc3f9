// SPDX-License-Identifier: Apache-2.0
#include "palette/wheel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace atelier::palette {
namespace {

constexpr double least_full = 0.1, ring_lightness = 0.75, ring_chroma = 0.13;
constexpr image::Rgb line_grey{0.55, 0.55, 0.55}, faint{0.9, 0.9, 0.9}, white{1, 1, 1};

/// Drawn by covering pixels as far as a shape covers them.
class Drawing {
 public:
  explicit Drawing(int edge) : centre_(edge / 2.0) {
    image_.width = image_.height = edge;
    image_.rgb.assign(image_.pixels() * 3, 1.0F);
  }

  /// `inside(x, y)`: px from the border of the shape to a point measured from the wheel's centre,
  /// positive inside; `colour(x, y)`: what it is filled with there.
  template <class Inside, class Fill>
  void fill(const Inside& inside, const Fill& colour) {
    for (int v = 0; v < image_.height; ++v) {
      for (int u = 0; u < image_.width; ++u) {
        const double x = u + 0.5 - centre_, y = centre_ - v - 0.5;
        const double cover = std::clamp(inside(x, y) + 0.5, 0.0, 1.0);
        if (cover == 0) continue;
        const image::Rgb rgb = colour(x, y);
        float* pixel = &image_.rgb[3 * (static_cast<std::size_t>(v) * image_.width + u)];
        for (int c = 0; c < 3; ++c) pixel[c] += static_cast<float>(cover * (rgb[c] - pixel[c]));
      }
    }
  }
  void disc(double x, double y, double radius, const image::Rgb& rgb) {
    fill([=](double u, double v) { return radius - std::hypot(u - x, v - y); },
         [&](double, double) { return rgb; });
  }
  void circle(double radius, double width, const image::Rgb& rgb) {
    fill([=](double u, double v) { return width / 2 - std::abs(std::hypot(u, v) - radius); },
         [&](double, double) { return rgb; });
  }
  /// From the centre outwards.
  void spoke(double angle, double length, double width, const image::Rgb& rgb) {
    const double c = std::cos(angle), s = std::sin(angle);
    fill(
        [=](double u, double v) {
          const double along = std::clamp(u * c + v * s, 0.0, length);
          return width / 2 - std::hypot(u - along * c, v - along * s);
        },
        [&](double, double) { return rgb; });
  }

  [[nodiscard]] image::Image take() { return std::move(image_); }

 private:
  image::Image image_;
  double centre_;
};

}  // namespace

image::Image hue_wheel(const Palette& palette, const std::optional<Harmony>& harmony, int edge) {
  constexpr double degree = std::numbers::pi / 180;
  Drawing drawing(edge);
  const double outer = edge / 2.0 - 2, inner = outer * 0.9, reach = inner * 0.88;
  drawing.fill(
      [=](double x, double y) {
        const double radius = std::hypot(x, y);
        return std::min(outer - radius, radius - inner);
      },
      [](double x, double y) {
        const double angle = std::atan2(y, x) / degree;
        return image::srgb_in_gamut(from_lch(ring_lightness, ring_chroma, angle));
      });
  for (const double part : {1.0 / 3, 2.0 / 3, 1.0}) drawing.circle(reach * part, 1, faint);
  if (harmony) {
    for (const Scheme& scheme : schemes()) {
      if (scheme.name != harmony->scheme) continue;
      for (const double angle : scheme.angles)
        drawing.spoke((harmony->first_hue + angle) * degree, inner, 2, line_grey);
    }
  }
  const std::vector<double> shares = weights(palette);
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  double full = least_full;
  for (const Colour& colour : palette.colours)
    full = std::max(full, 1.1 * chroma(image::oklab_from_srgb(colour.rgb)));
  for (const std::size_t i : order) {  // small ones above
    const image::Oklab lab = image::oklab_from_srgb(palette.colours[i].rgb);
    const double out = reach * chroma(lab) / full, angle = hue(lab) * degree;
    const double radius = edge * (0.018 + 0.07 * std::sqrt(shares[i]));
    const double x = out * std::cos(angle), y = out * std::sin(angle);
    drawing.disc(x, y, radius + 2.5, line_grey);
    drawing.disc(x, y, radius + 1.5, white);
    drawing.disc(x, y, radius, palette.colours[i].rgb);
  }
  return drawing.take();
}

}  // namespace atelier::palette
