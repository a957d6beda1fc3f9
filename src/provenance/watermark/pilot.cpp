// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/pilot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "provenance/watermark/parabola.hpp"

namespace atelier::provenance::watermark {
namespace {

/// How far beside the middle of three values their parabola peaks, -0.5..0.5.
double offset_of_peak(double before, double middle, double after) {
  const double bend = before - 2 * middle + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

/// Tones of a tile that begins at (x, y), without their keyed phases.
std::vector<Complex> tones(const TileSpectrum& spectrum, const std::vector<Tone>& which, double x,
                           double y) {
  std::vector<Complex> values;
  values.reserve(which.size());
  for (const Tone& tone : which) {
    const double angle = 2 * std::numbers::pi * (tone.x * x + tone.y * y) / tile;
    const Complex moved = times(spectrum.at(tone.x, tone.y), {static_cast<float>(std::cos(angle)),
                                                              static_cast<float>(std::sin(angle))});
    values.push_back(times_conjugate(moved, tone.turn));
  }
  return values;
}

}  // namespace

std::vector<Complex> pilot_values(const std::vector<Complex>& measured, const Pattern& pattern) {
  double energy = 0;
  for (const Complex v : measured) energy += std::norm(v);
  const auto soft =
      static_cast<float>(0.3 * std::sqrt(energy / static_cast<double>(measured.size())));
  std::vector<Complex> values(measured.size());
  double limited = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const float size = std::sqrt(std::norm(measured[i])) + soft;
    if (size > 0) values[i] = times_conjugate(measured[i], pattern.pilots[i].turn) / size;
    limited += std::norm(values[i]);
  }
  if (limited > 0)
    for (Complex& value : values) value /= static_cast<float>(std::sqrt(limited / 2));
  return values;
}

PilotPeak find_pilots(const TileSpectrum& spectrum, const Pattern& pattern, const Places& places) {
  std::vector<Complex> measured;
  measured.reserve(pattern.pilots.size());
  for (const Tone& tone : pattern.pilots) measured.push_back(spectrum.at(tone.x, tone.y));
  const auto values = pilot_values(measured, pattern);
  std::vector<Complex> map(static_cast<std::size_t>(tile) * tile);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Tone& tone = pattern.pilots[i];
    map[static_cast<std::size_t>(tone.y) * tile + static_cast<std::size_t>(tone.x & (tile - 1))] =
        values[i];
  }
  tile_fft().backward_square(map.data());
  const auto at = [&](int u, int v) {
    return static_cast<double>(map[static_cast<std::size_t>(v & (tile - 1)) * tile +
                                   static_cast<std::size_t>(u & (tile - 1))]
                                   .real());
  };
  int x = 0, y = 0;
  double peak = -std::numeric_limits<double>::infinity();
  for (int v = 0; v < tile; ++v)
    for (int u = 0; u < tile; ++u)
      if (at(u, v) > peak && std::abs(std::remainder(u - places.x, tile)) <= places.reach &&
          std::abs(std::remainder(v - places.y, tile)) <= places.reach) {
        peak = at(u, v);
        x = u;
        y = v;
      }
  return {peak, x + offset_of_peak(at(x - 1, y), peak, at(x + 1, y)),
          y + offset_of_peak(at(x, y - 1), peak, at(x, y + 1))};
}

std::array<float, polar_length> soft_bits(const TileSpectrum& spectrum, const PilotPeak& peak,
                                          const Pattern& pattern) {
  const auto pilots = tones(spectrum, pattern.pilots, peak.x, peak.y);
  std::vector<double> radii, strengths, powers;
  double mean_power = 0;
  for (std::size_t i = 0; i < pilots.size(); ++i) {
    radii.push_back(pattern.pilots[i].radius);
    strengths.push_back(pilots[i].real());
    powers.push_back(std::norm(pilots[i]));
    mean_power += powers.back() / static_cast<double>(pilots.size());
  }
  std::array<float, polar_length> soft{};
  if (mean_power <= 0) return soft;
  const Parabola strength(radii, strengths), power(radii, powers);
  const auto carriers = tones(spectrum, pattern.carriers, peak.x, peak.y);
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    const double radius = pattern.carriers[i].radius;
    const double weight =
        std::max(0.0, strength.at(radius)) / std::max(power.at(radius), 0.05 * mean_power);
    soft[pattern.bit[i]] += static_cast<float>(weight * carriers[i].real());
    soft[pattern.bit[carriers.size() + i]] += static_cast<float>(weight * carriers[i].imag());
  }
  return soft;
}

}  // namespace atelier::provenance::watermark
