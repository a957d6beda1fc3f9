// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/perceptual_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "provenance/watermark/working_grid.hpp"

namespace atelier::provenance {
namespace {

constexpr int edge = 32, kept = 8, min_edge = 16;

}  // namespace

std::uint64_t perceptual_hash(const image::Image& picture) {
  watermark::check_picture(picture, min_edge, "compared");
  const watermark::Plane small = watermark::resample(watermark::luma_plane(picture), edge, edge);
  std::array<double, 64> values{};
  for (int v = 0; v < kept; ++v)
    for (int u = 0; u < kept; ++u)
      for (int y = 0; y < edge; ++y)
        for (int x = 0; x < edge; ++x)
          values[static_cast<std::size_t>(v * kept + u)] +=
              small.row(y)[x] * std::cos(std::numbers::pi * (2 * x + 1) * (u + 1) / (2 * edge)) *
              std::cos(std::numbers::pi * (2 * y + 1) * (v + 1) / (2 * edge));
  std::array<double, 64> sorted = values;
  std::nth_element(sorted.begin(), sorted.begin() + 32, sorted.end());
  std::uint64_t hash = 0;
  for (const double value : values) hash = hash << 1 | (value >= sorted[32] ? 1 : 0);
  return hash;
}

int hash_distance(std::uint64_t a, std::uint64_t b) noexcept {
  return std::popcount(a ^ b);
}

}  // namespace atelier::provenance
