// SPDX-License-Identifier: Apache-2.0
#include "assist/planes.hpp"

#include <algorithm>

#include "atelier/image/file.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::assist {
namespace {

/// The least (or, negated, the greatest) value within squares of 2 radius + 1 px.
Plane eroded(const Plane& plane, int radius) {
  Plane across(plane.width, plane.height), result(plane.width, plane.height);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      double least = plane.at(x, y);
      for (int u = std::max(x - radius, 0); u <= std::min(x + radius, plane.width - 1); ++u)
        least = std::min(least, plane.at(u, y));
      across.at(x, y) = least;
    }
  }
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      double least = across.at(x, y);
      for (int v = std::max(y - radius, 0); v <= std::min(y + radius, plane.height - 1); ++v)
        least = std::min(least, across.at(x, v));
      result.at(x, y) = least;
    }
  }
  return result;
}

/// Grows `seed` as far as `limit`, which is nowhere below it, lets it.
Plane reconstructed(Plane seed, const Plane& limit) {
  for (bool changed = true; changed;) {
    changed = false;
    const auto take = [&](int x, int y, int dx, int dy) {
      const int u = x + dx, v = y + dy;
      if (u < 0 || v < 0 || u >= seed.width || v >= seed.height) return;
      const double value = std::min(seed.at(u, v), limit.at(x, y));
      if (value <= seed.at(x, y)) return;
      seed.at(x, y) = value;
      changed = true;
    };
    for (int y = 0; y < seed.height; ++y) {
      for (int x = 0; x < seed.width; ++x) {
        take(x, y, -1, 0);
        take(x, y, 0, -1);
      }
    }
    for (int y = seed.height - 1; y >= 0; --y) {
      for (int x = seed.width - 1; x >= 0; --x) {
        take(x, y, 1, 0);
        take(x, y, 0, 1);
      }
    }
  }
  return seed;
}

Plane negative(Plane plane) {
  for (double& value : plane.values) value = -value;
  return plane;
}

Plane opened(const Plane& plane, int radius) {
  return reconstructed(eroded(plane, radius), plane);
}

}  // namespace

std::array<Plane, 3> oklab_planes(const image::Image& picture) {
  std::array<Plane, 3> planes;
  planes.fill(Plane(picture.width, picture.height));
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const double cover = picture.alpha.empty() ? 1 : picture.alpha[i];
    image::Rgb rgb;
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = picture.rgb[3 * i + c] * cover + 1 - cover;
    const image::Oklab lab = image::oklab_from_srgb(rgb);
    planes[0].values[i] = lab.L;
    planes[1].values[i] = lab.a;
    planes[2].values[i] = lab.b;
  }
  return planes;
}

image::Image at_long_edge(const image::Image& picture, int edge) {
  const image::Size size = image::fit_long_edge({picture.width, picture.height}, edge);
  return image::resize(picture, {std::max(size.width, 1), std::max(size.height, 1)});
}

Plane box_mean(const Plane& plane, int radius) {
  Plane sums(plane.width + 1, plane.height + 1), result(plane.width, plane.height);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      sums.at(x + 1, y + 1) =
          plane.at(x, y) + sums.at(x, y + 1) + sums.at(x + 1, y) - sums.at(x, y);
    }
  }
  for (int y = 0; y < plane.height; ++y) {
    const int top = std::max(y - radius, 0), bottom = std::min(y + radius + 1, plane.height);
    for (int x = 0; x < plane.width; ++x) {
      const int left = std::max(x - radius, 0), right = std::min(x + radius + 1, plane.width);
      result.at(x, y) = (sums.at(right, bottom) - sums.at(left, bottom) - sums.at(right, top) +
                         sums.at(left, top)) /
                        ((right - left) * (bottom - top));
    }
  }
  return result;
}

Plane open_close(const Plane& plane, int radius) {
  return negative(opened(negative(opened(plane, radius)), radius));
}

}  // namespace atelier::assist
