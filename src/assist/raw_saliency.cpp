// SPDX-License-Identifier: Apache-2.0
#include "assist/raw_saliency.hpp"

#include <algorithm>
#include <cmath>

#include "assist/minimum_barrier.hpp"

namespace atelier::assist {
namespace {

constexpr double border = 0.1;  // width of each of the four borders, of the long edge
constexpr double noise = 1e-4;  // variance that every border has at least, so that flat ones count
constexpr double top_part = 0.005;  // of all pixels, that are taken for the greatest

/// Divides by the value that only `top_part` of all pass, and cuts at 1; gives that value.
double normalise(Plane& plane) {
  std::vector<double> sorted = plane.values;
  const auto at =
      static_cast<std::ptrdiff_t>((1 - top_part) * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
  double top = sorted[static_cast<std::size_t>(at)];
  if (top <= 0) top = *std::max_element(plane.values.begin(), plane.values.end());
  if (top <= 0) return 0;
  for (double& value : plane.values) value = std::min(value / top, 1.0);
  return top;
}

/// The colours along one border: mean and inverse covariance.
struct Colours {
  std::array<double, 3> mean{};
  std::array<double, 6> inverse{};  ///< LL, La, Lb, aa, ab, bb
};

Colours colours_within(const std::array<Plane, 3>& lab, int left, int top, int right, int bottom) {
  Colours colours;
  std::array<double, 6> m{};
  double count = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const double L = lab[0].at(x, y), a = lab[1].at(x, y), b = lab[2].at(x, y);
      colours.mean[0] += L, colours.mean[1] += a, colours.mean[2] += b;
      m[0] += L * L, m[1] += L * a, m[2] += L * b, m[3] += a * a, m[4] += a * b, m[5] += b * b;
      count += 1;
    }
  }
  for (double& value : colours.mean) value /= count;
  const auto [L, a, b] = colours.mean;
  const double xx = m[0] / count - L * L + noise, xy = m[1] / count - L * a,
               xz = m[2] / count - L * b, yy = m[3] / count - a * a + noise,
               yz = m[4] / count - a * b, zz = m[5] / count - b * b + noise;
  const double det = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
  colours.inverse = {(yy * zz - yz * yz) / det, (xz * yz - xy * zz) / det,
                     (xy * yz - xz * yy) / det, (xx * zz - xz * xz) / det,
                     (xy * xz - xx * yz) / det, (xx * yy - xy * xy) / det};
  return colours;
}

double distance(const Colours& from, double L, double a, double b) {
  L -= from.mean[0], a -= from.mean[1], b -= from.mean[2];
  const auto& i = from.inverse;
  return std::sqrt(std::max(0.0, L * L * i[0] + a * a * i[3] + b * b * i[5] +
                                     2 * (L * a * i[1] + L * b * i[2] + a * b * i[4])));
}

/// How far colours are from those of the borders, 0..1.
Plane unlike_borders(const std::array<Plane, 3>& lab) {
  const int width = lab[0].width, height = lab[0].height;
  const int band = std::max(static_cast<int>(std::lround(border * std::max(width, height))), 1);
  const int across = std::min(band, width), down = std::min(band, height);
  const std::array<Colours, 4> borders{colours_within(lab, 0, 0, width, down),
                                       colours_within(lab, 0, height - down, width, height),
                                       colours_within(lab, 0, 0, across, height),
                                       colours_within(lab, width - across, 0, width, height)};
  std::array<Plane, 4> away;
  for (std::size_t k = 0; k < 4; ++k) {
    away[k] = Plane(width, height);
    for (std::size_t i = 0; i < away[k].values.size(); ++i) {
      away[k].values[i] =
          distance(borders[k], lab[0].values[i], lab[1].values[i], lab[2].values[i]);
    }
    const double most = *std::max_element(away[k].values.begin(), away[k].values.end());
    for (double& value : away[k].values) value = most > 0 ? value / most : 0;
  }
  Plane result(width, height);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    double sum = 0, most = 0;
    for (const Plane& plane : away) {
      sum += plane.values[i];
      most = std::max(most, plane.values[i]);
    }
    result.values[i] = sum - most;
  }
  normalise(result);
  return result;
}

}  // namespace

RawSaliency raw_saliency(const std::array<Plane, 3>& lab) {
  RawSaliency raw{Plane(lab[0].width, lab[0].height)};
  for (const Plane& channel : lab) {
    const Plane barrier = minimum_barrier(channel);
    for (std::size_t i = 0; i < raw.map.values.size(); ++i) raw.map.values[i] += barrier.values[i];
  }
  const double top = normalise(raw.map);
  if (top == 0) return raw;
  raw.clearness = std::min(1.0, top / clear_barrier);
  const Plane colours = unlike_borders(lab);
  for (std::size_t i = 0; i < raw.map.values.size(); ++i)
    raw.map.values[i] = (raw.map.values[i] + colours.values[i]) / 2;
  return raw;
}

}  // namespace atelier::assist
