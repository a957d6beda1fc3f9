// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/colour_vision.hpp"

#include <algorithm>

#include "atelier/image/colour_difference.hpp"
#include "atelier/palette/contrast.hpp"

namespace atelier::palette {
namespace {

constexpr double told_apart = 15, confused = 7;  // CIEDE2000

struct HalfPlanes {
  std::array<double, 9> positive, negative;  ///< by the side of the plane that parts them
  std::array<double, 3> normal;
};

constexpr std::array<HalfPlanes, 3> dichromats{{
    {{0.14510, 1.20165, -0.34675, 0.10447, 0.85316, 0.04237, 0.00429, -0.00603, 1.00174},
     {0.14115, 1.16782, -0.30897, 0.10495, 0.85730, 0.03776, 0.00431, -0.00586, 1.00155},
     {0.00048, 0.00416, -0.00464}},
    {{0.36198, 0.86755, -0.22953, 0.26099, 0.64512, 0.09389, -0.01975, 0.02686, 0.99289},
     {0.37009, 0.88540, -0.25549, 0.25767, 0.63782, 0.10451, -0.01950, 0.02741, 0.99209},
     {-0.00293, -0.00645, 0.00938}},
    {{1.01354, 0.14268, -0.15622, -0.01181, 0.87561, 0.13619, 0.07707, 0.81208, 0.11085},
     {0.93337, 0.19999, -0.13336, 0.05809, 0.82565, 0.11626, -0.37923, 1.13825, 0.24098},
     {0.03960, -0.02831, -0.01129}},
}};

double difference(const image::Rgb& x, const image::Rgb& y) {
  return image::ciede2000(image::cielab_from_srgb(x), image::cielab_from_srgb(y));
}

}  // namespace

std::string_view vision_name(Vision vision) {
  constexpr std::array<std::string_view, 4> names{"protanopia", "deuteranopia", "tritanopia",
                                                  "achromatopsia"};
  return names[static_cast<std::size_t>(vision)];
}

image::Rgb seen_by(Vision vision, const image::Rgb& rgb) {
  if (vision == Vision::achromatopsia) {
    const double grey = image::srgb_from_linear(luminance(rgb));
    return {grey, grey, grey};
  }
  const HalfPlanes& planes = dichromats[static_cast<std::size_t>(vision)];
  image::Rgb light;
  double side = 0;
  for (int c = 0; c < 3; ++c) {
    light[c] = image::linear_from_srgb(rgb[c]);
    side += planes.normal[c] * light[c];
  }
  const std::array<double, 9>& matrix = side >= 0 ? planes.positive : planes.negative;
  image::Rgb seen;
  for (int c = 0; c < 3; ++c) {
    const double value =
        matrix[3 * c] * light[0] + matrix[3 * c + 1] * light[1] + matrix[3 * c + 2] * light[2];
    seen[c] = image::srgb_from_linear(std::clamp(value, 0.0, 1.0));
  }
  return seen;
}

void see_by(Vision vision, std::span<float> rgb) {
  for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) {
    const image::Rgb seen = seen_by(vision, {rgb[i], rgb[i + 1], rgb[i + 2]});
    for (std::size_t c = 0; c < 3; ++c) rgb[i + c] = static_cast<float>(seen[c]);
  }
}

std::vector<Confusion> confusions(const Palette& palette) {
  std::vector<Confusion> found;
  const auto& colours = palette.colours;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    for (std::size_t j = i + 1; j < colours.size(); ++j) {
      if (difference(colours[i].rgb, colours[j].rgb) < told_apart) continue;
      for (const Vision vision : {Vision::protanopia, Vision::deuteranopia, Vision::tritanopia}) {
        const double left =
            difference(seen_by(vision, colours[i].rgb), seen_by(vision, colours[j].rgb));
        if (left < confused) found.push_back({vision, i, j, left});
      }
    }
  }
  return found;
}

}  // namespace atelier::palette
