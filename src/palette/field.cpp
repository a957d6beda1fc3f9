// SPDX-License-Identifier: Apache-2.0
#include "palette/field.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::palette {
namespace {

constexpr int radius = 2;  // px, of the filter
constexpr int passes = 2;
// Difference of neighbours from which a pixel is an edge: so many deviations of what noise is left,
// and within these.
constexpr float steep_deviations = 4, least_steep = 0.012F, most_steep = 0.035F;
constexpr float least_witness = 0.005F;

/// Deviation of one channel's noise, from neighbours in a row.
float noise_of(const Field& field) {
  std::vector<float> differences;
  for (int y = 0; y < field.height; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * field.width;
    for (std::size_t i = row; i + 1 < row + field.width; ++i) {
      if (field.area[i] > 0 && field.area[i + 1] > 0)
        differences.push_back(squared_distance(field.colours[i], field.colours[i + 1]));
    }
  }
  if (differences.empty()) return 0;
  const auto middle = differences.begin() + std::ssize(differences) / 2;
  std::nth_element(differences.begin(), middle, differences.end());
  // The median length of three normal values is 1.538, of a difference root two times that.
  return std::sqrt(*middle) / 2.175F;
}

/// Runs f(j) over the pixels j at most `reach` px away from (x, y), itself left out.
template <class F>
void neighbours(const Field& field, int x, int y, int reach, const F& f) {
  for (int v = std::max(y - reach, 0); v <= std::min(y + reach, field.height - 1); ++v) {
    for (int u = std::max(x - reach, 0); u <= std::min(x + reach, field.width - 1); ++u) {
      if (u != x || v != y) f(static_cast<std::size_t>(v) * field.width + u);
    }
  }
}

void smooth(Field& field, float range) {
  const Field before = field;
  const float scale = 1 / (2 * range * range);
  for (int y = 0; y < field.height; ++y) {
    for (int x = 0; x < field.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * field.width + x;
      if (before.area[i] == 0) continue;
      double weight = before.area[i];
      image::Rgb sum;
      for (int c = 0; c < 3; ++c) sum[c] = weight * before.rgb[i][c];
      neighbours(before, x, y, radius, [&](std::size_t j) {
        const double of = before.area[j] *
                          std::exp(-scale * squared_distance(before.colours[i], before.colours[j]));
        weight += of;
        for (int c = 0; c < 3; ++c) sum[c] += of * before.rgb[j][c];
      });
      for (int c = 0; c < 3; ++c) field.rgb[i][c] = sum[c] / weight;
      field.colours[i] = even_from_srgb(field.rgb[i]);
    }
  }
}

void find_witnesses(Field& field) {
  const float steep = std::clamp(steep_deviations * noise_of(field), least_steep, most_steep);
  for (int y = 0; y < field.height; ++y) {
    for (int x = 0; x < field.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * field.width + x;
      float most = 0;
      neighbours(field, x, y, 1, [&](std::size_t j) {
        if (field.area[j] > 0)
          most = std::max(most, squared_distance(field.colours[i], field.colours[j]));
      });
      const float flat = std::exp(-most / (steep * steep));
      field.witness[i] = field.area[i] * std::max(flat, least_witness);
    }
  }
}

}  // namespace

Field field_of(const image::Image& picture) {
  Field field{picture.width, picture.height, {}, {}, {}, {}};
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    field.rgb.push_back({picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2]});
    field.colours.push_back(even_from_srgb(field.rgb.back()));
    field.area.push_back(picture.alpha.empty() ? 1.0F : picture.alpha[i]);
  }
  field.witness = field.area;
  const float range = std::clamp(2.5F * noise_of(field), 0.03F, 0.09F);
  for (int pass = 0; pass < passes; ++pass) smooth(field, range);
  find_witnesses(field);
  return field;
}

}  // namespace atelier::palette
