// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/straighten.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace atelier::provenance::watermark {
namespace {

constexpr int part_edge = 192, max_parts = 4;
constexpr double trusted = 3.5;  // correlation at a part's own place
constexpr double reach = 5;      // px that a part's tiles may lie elsewhere
constexpr std::size_t min_trusted = 4;

/// Where a part's tiles begin, beside those of the whole.
struct Shift {
  double x, y;    ///< of the part's middle, from the plane's
  double dx, dy;  ///< px
  double weight;
};

/// Three unknowns by Cramer's rule.
std::array<double, 3> fit(const std::vector<Shift>& shifts, double Shift::*value) {
  double m[3][3] = {}, v[3] = {};
  for (const Shift& shift : shifts) {
    const double row[3] = {1, shift.x, shift.y};
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) m[i][j] += shift.weight * row[i] * row[j];
      v[i] += shift.weight * row[i] * shift.*value;
    }
  }
  const auto determinant = [](const double(&a)[3][3]) {
    return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
           a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
           a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
  };
  const double whole = determinant(m);
  std::array<double, 3> result{};
  if (whole < 1e-6) return result;  // parts on one line say nothing across it
  for (int k = 0; k < 3; ++k) {
    double replaced[3][3];
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) replaced[i][j] = j == k ? v[i] : m[i][j];
    result[static_cast<std::size_t>(k)] = determinant(replaced) / whole;
  }
  return result;
}

}  // namespace

std::optional<Affine> straighten(const Plane& signal, const PilotPeak& whole,
                                 const Pattern& pattern) {
  const int across = std::clamp(signal.width / part_edge, 1, max_parts);
  const int down = std::clamp(signal.height / part_edge, 1, max_parts);
  if (across < 2 || down < 2) return std::nullopt;
  std::vector<Shift> shifts;
  for (int j = 0; j < down; ++j)
    for (int i = 0; i < across; ++i) {
      const int x = signal.width * i / across, y = signal.height * j / down;
      const int width = signal.width / across, height = signal.height / down;
      const TileSpectrum part(cut(signal, x, y, width, height));
      const PilotPeak peak = find_pilots(part, pattern, {whole.x - x, whole.y - y, reach});
      if (peak.correlation < trusted) continue;
      shifts.push_back({x + (width - signal.width) / 2.0, y + (height - signal.height) / 2.0,
                        std::remainder(peak.x + x - whole.x, tile),
                        std::remainder(peak.y + y - whole.y, tile),
                        peak.correlation * peak.correlation});
    }
  if (shifts.size() < min_trusted) return std::nullopt;
  const auto dx = fit(shifts, &Shift::dx), dy = fit(shifts, &Shift::dy);
  return Affine{1 + dx[1], dx[2], dy[1], 1 + dy[2], dx[0], dy[0]};
}

}  // namespace atelier::provenance::watermark
