// SPDX-License-Identifier: Apache-2.0
#include "assist/made_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atelier/base/random.hpp"

namespace atelier::assist::test {

image::Image flat(image::Size size, const image::Rgb& rgb) {
  image::Image picture{size.width, size.height, {}, {}};
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    for (const double value : rgb) picture.rgb.push_back(static_cast<float>(value));
  }
  return picture;
}

void put(image::Image& picture, const Box& px, const image::Rgb& rgb) {
  for (int y = static_cast<int>(px.top); y < px.bottom; ++y) {
    for (int x = static_cast<int>(px.left); x < px.right; ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        picture.rgb[3 * (static_cast<std::size_t>(y) * picture.width + x) + c] =
            static_cast<float>(rgb[c]);
      }
    }
  }
}

void put_disc(image::Image& picture, double x, double y, double radius, const image::Rgb& rgb) {
  for (int v = 0; v < picture.height; ++v) {
    for (int u = 0; u < picture.width; ++u) {
      const double cover =
          std::clamp(radius - std::hypot(u + 0.5 - x, v + 0.5 - y) + 0.5, 0.0, 1.0);
      for (std::size_t c = 0; c < 3; ++c) {
        float& value = picture.rgb[3 * (static_cast<std::size_t>(v) * picture.width + u) + c];
        value += static_cast<float>(cover) * (static_cast<float>(rgb[c]) - value);
      }
    }
  }
}

void add_noise(image::Image& picture, double deviation, std::uint64_t seed) {
  RandomStream random(seed, "noise");
  for (float& value : picture.rgb)
    value = static_cast<float>(std::clamp(value + deviation * random.normal(), 0.0, 1.0));
}

image::Image sea(image::Size size, double degrees, double height, double softness) {
  image::Image picture = flat(size, {0.62, 0.74, 0.88});
  const double angle = degrees * std::numbers::pi / 180;
  const image::Rgb water{0.16, 0.30, 0.38};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double below = (y + 0.5 - height * size.height) * std::cos(angle) +
                           (x + 0.5 - size.width / 2.0) * std::sin(angle);
      const double part = std::clamp(below / softness + 0.5, 0.0, 1.0);
      for (std::size_t c = 0; c < 3; ++c) {
        float& value = picture.rgb[3 * (static_cast<std::size_t>(y) * size.width + x) + c];
        value += static_cast<float>(part * (water[c] - value));
      }
    }
  }
  return picture;
}

std::vector<Edge> pieces(image::Size size, double degrees, double height, double error) {
  const double slope = -std::tan(degrees * std::numbers::pi / 180);
  std::vector<Edge> edges;
  for (int i = 0; i < 8; ++i) {
    const double x0 = (i + 0.1) / 8 * size.width, x1 = (i + 0.8) / 8 * size.width;
    const auto at = [&](double x) { return height * size.height + slope * (x - size.width / 2.0); };
    const double turn = std::tan(error * (i % 3 - 1) * std::numbers::pi / 180) * (x1 - x0) / 2;
    edges.push_back({{{x0 / size.width, (at(x0) - turn) / size.height},
                      {x1 / size.width, (at(x1) + turn) / size.height}},
                     10});
  }
  return edges;
}

image::Mask map_with(image::Size size, const Box& box) {
  image::Mask map{size.width, size.height, std::vector<float>()};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double u = (x + 0.5) / size.width, v = (y + 0.5) / size.height;
      const bool inside = u > box.left && u < box.right && v > box.top && v < box.bottom;
      map.values.push_back(inside ? 1 : 0);
    }
  }
  return map;
}

image::Image mirrored(const image::Image& picture) {
  image::Image result = picture;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::size_t to = 3 * (static_cast<std::size_t>(y) * picture.width + x),
                        from = 3 * (static_cast<std::size_t>(y) * picture.width + picture.width -
                                    1 - x);
      std::copy_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(from), 3,
                  result.rgb.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }
  return result;
}

}  // namespace atelier::assist::test
