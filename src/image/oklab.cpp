// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/oklab.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace atelier::image {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

constexpr Matrix inverse(const Matrix& m) {
  const auto cofactor = [&](int row, int column) {
    const int r0 = (row + 1) % 3, r1 = (row + 2) % 3, c0 = (column + 1) % 3, c1 = (column + 2) % 3;
    return m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0];
  };
  const double determinant =
      m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
  Matrix result{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) result[j][i] = cofactor(i, j) / determinant;
  }
  return result;
}

constexpr Vector times(const Matrix& m, const Vector& v) {
  Vector result{};
  for (int i = 0; i < 3; ++i) result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return result;
}

/// Linear sRGB to the cones' responses, and their cube roots to Oklab.
constexpr Matrix cones_from_light{{{0.4122214708, 0.5363325363, 0.0514459929},
                                   {0.2119034982, 0.6806995451, 0.1073969566},
                                   {0.0883024619, 0.2817188376, 0.6299787005}}};
constexpr Matrix oklab_from_roots{{{0.2104542553, 0.7936177850, -0.0040720468},
                                   {1.9779984951, -2.4285922050, 0.4505937099},
                                   {0.0259040371, 0.7827717662, -0.8086757660}}};
constexpr Matrix light_from_cones = inverse(cones_from_light);
constexpr Matrix roots_from_oklab = inverse(oklab_from_roots);

Vector light_of(const Oklab& colour) {
  Vector roots = times(roots_from_oklab, {colour.L, colour.a, colour.b});
  for (double& root : roots) root = root * root * root;
  return times(light_from_cones, roots);
}

constexpr double slack = 1e-9;  // of light

bool is_light(double value) {
  return value >= -slack && value <= 1 + slack;
}

/// The light of (L, t a, t b): one cubic of t a channel.
class WayFromGrey {
 public:
  explicit WayFromGrey(const Oklab& to) {
    const Vector grey = times(roots_from_oklab, {to.L, 0, 0}),
                 chroma = times(roots_from_oklab, {0, to.a, to.b});
    Matrix powers{};  // of t, by cone: (g + t c)^3 less its constant
    for (int cone = 0; cone < 3; ++cone) {
      const double g = grey[cone], c = chroma[cone];
      constant_[cone] = g * g * g;
      powers[0][cone] = 3 * g * g * c;
      powers[1][cone] = 3 * g * c * c;
      powers[2][cone] = c * c * c;
    }
    constant_ = times(light_from_cones, constant_);
    for (int power = 0; power < 3; ++power) rising_[power] = times(light_from_cones, powers[power]);
  }

  [[nodiscard]] bool inside(double t) const {
    for (int c = 0; c < 3; ++c) {
      if (!is_light(constant_[c] + t * (rising_[0][c] + t * (rising_[1][c] + t * rising_[2][c]))))
        return false;
    }
    return true;
  }

 private:
  Vector constant_{};
  Matrix rising_{};
};

/// As in_gamut(), for a colour whose light is known.
Oklab fitted(Oklab colour, const Vector& light) {
  colour.L = std::clamp(colour.L, 0.0, 1.0);
  if (colour.L == 0 || colour.L == 1) return {colour.L, 0, 0};
  if (std::all_of(light.begin(), light.end(), is_light)) return colour;
  const WayFromGrey way(colour);
  double in = 0, out = 1;
  for (int halving = 0; halving < 32; ++halving) {
    const double middle = 0.5 * (in + out);
    (way.inside(middle) ? in : out) = middle;
  }
  return {colour.L, in * colour.a, in * colour.b};
}

Rgb encoded(const Vector& light) {
  return {srgb_from_linear(light[0]), srgb_from_linear(light[1]), srgb_from_linear(light[2])};
}

Rgb pixel(const float* rgb) {
  return {rgb[0], rgb[1], rgb[2]};
}

void store(const Rgb& rgb, float* to) {
  for (int c = 0; c < 3; ++c) to[c] = static_cast<float>(rgb[c]);
}

}  // namespace

double linear_from_srgb(double value) {
  const double size = std::abs(value);
  const double light = size <= 0.04045 ? size / 12.92 : std::pow((size + 0.055) / 1.055, 2.4);
  return std::copysign(light, value);
}

double srgb_from_linear(double light) {
  const double size = std::abs(light);
  const double value = size <= 0.0031308 ? size * 12.92 : 1.055 * std::pow(size, 1 / 2.4) - 0.055;
  return std::copysign(value, light);
}

Oklab oklab_from_srgb(const Rgb& rgb) {
  Vector roots = times(cones_from_light, {linear_from_srgb(rgb[0]), linear_from_srgb(rgb[1]),
                                          linear_from_srgb(rgb[2])});
  for (double& root : roots) root = std::cbrt(root);
  const Vector lab = times(oklab_from_roots, roots);
  return {lab[0], lab[1], lab[2]};
}

Rgb srgb_from_oklab(const Oklab& colour) {
  return encoded(light_of(colour));
}

double chroma_difference(const Oklab& x, const Oklab& y) {
  return 100 * std::hypot(x.a - y.a, x.b - y.b);
}

double hue_difference(const Oklab& x, const Oklab& y) {
  constexpr double grey = 1e-6;
  if (std::hypot(x.a, x.b) < grey || std::hypot(y.a, y.b) < grey) return 0;
  const double angle = std::atan2(x.a * y.b - x.b * y.a, x.a * y.a + x.b * y.b);
  return std::abs(angle) * 180 / std::numbers::pi;
}

Oklab in_gamut(const Oklab& colour) {
  return fitted(colour, light_of(colour));
}

Rgb srgb_in_gamut(const Oklab& colour) {
  Vector light = light_of(colour);
  if (!std::all_of(light.begin(), light.end(), [](double v) { return v >= 0 && v <= 1; })) {
    light = light_of(fitted(colour, light));
    for (double& value : light) value = std::clamp(value, 0.0, 1.0);
  }
  return encoded(light);
}

void fade_chroma(std::span<float> rgb, double share) {
  assert(rgb.size() % 3 == 0 && share >= 0 && share <= 1);
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    const Oklab colour = oklab_from_srgb(pixel(&rgb[i]));
    if (share == 0) {
      const double lightness = std::clamp(colour.L, 0.0, 1.0);
      const auto grey = static_cast<float>(srgb_from_linear(lightness * lightness * lightness));
      rgb[i] = rgb[i + 1] = rgb[i + 2] = grey;
    } else {
      store(srgb_in_gamut({colour.L, share * colour.a, share * colour.b}), &rgb[i]);
    }
  }
}

void add_chroma(std::span<float> painted, std::span<const float> colours, double share) {
  assert(painted.size() % 3 == 0 && painted.size() == colours.size());
  for (std::size_t i = 0; i < painted.size(); i += 3) {
    const Oklab shown = oklab_from_srgb(pixel(&painted[i])),
                wanted = oklab_from_srgb(pixel(&colours[i]));
    store(srgb_in_gamut({shown.L, shown.a + share * wanted.a, shown.b + share * wanted.b}),
          &painted[i]);
  }
}

}  // namespace atelier::image
