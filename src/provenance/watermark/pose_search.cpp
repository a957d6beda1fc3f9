// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/pose_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "provenance/watermark/padded_spectrum.hpp"
#include "provenance/watermark/pilot.hpp"

namespace atelier::provenance::watermark {
namespace {

constexpr int map_edge = 64;  // every second place of the tile; the band ends below its half
constexpr double degree = std::numbers::pi / 180;

/// Correlates the spectrum of a plane with the pilots of tiles that lie in different ways.
class Correlator {
 public:
  Correlator(const Plane& signal, const Pattern& pattern)
      : spectrum_(signal), pattern_(pattern), map_(map_edge * map_edge) {}

  /// Sets both poses' correlation: two for one transform, as its real and its imaginary part.
  void correlate(Pose& a, Pose& b) {
    const auto first = values_of(a), second = values_of(b);
    std::fill(map_.begin(), map_.end(), Complex());
    constexpr Complex i{0, 1};
    for (std::size_t p = 0; p < first.size(); ++p) {
      const Tone& tone = pattern_.pilots[p];
      cell(tone.x, tone.y) = 0.5F * (first[p] + times(i, second[p]));
      cell(-tone.x, -tone.y) = 0.5F * (std::conj(first[p]) + times(i, std::conj(second[p])));
    }
    fft_.backward_square(map_.data());
    a.correlation = b.correlation = 0;
    for (const Complex value : map_) {
      a.correlation = std::max(a.correlation, static_cast<double>(value.real()));
      b.correlation = std::max(b.correlation, static_cast<double>(value.imag()));
    }
  }

 private:
  Complex& cell(int x, int y) {
    return map_[static_cast<std::size_t>(y & (map_edge - 1)) * map_edge +
                static_cast<std::size_t>(x & (map_edge - 1))];
  }

  std::vector<Complex> values_of(const Pose& pose) const {
    const auto c = static_cast<float>(std::cos(pose.angle) / (tile * pose.scale));
    const auto s = static_cast<float>(std::sin(pose.angle) / (tile * pose.scale));
    std::vector<Complex> measured;
    measured.reserve(pattern_.pilots.size());
    for (const Tone& tone : pattern_.pilots) {
      const auto x = static_cast<float>(tone.x), y = static_cast<float>(tone.y);
      measured.push_back(spectrum_.at(c * x - s * y, s * x + c * y));
    }
    return pilot_values(measured, pattern_);
  }

  PaddedSpectrum spectrum_;
  const Pattern& pattern_;
  Fft fft_{map_edge};
  std::vector<Complex> map_;
};

bool neighbours(const Pose& a, const Pose& b) {
  return std::abs(a.scale - b.scale) < 1.5 * pose_scale_step &&
         std::abs(a.angle - b.angle) < 1.5 * pose_angle_step * degree;
}

/// Climbs to the best pose nearby, in steps that are halved thrice.
Pose refined(Pose pose, Correlator& correlator) {
  double scale_step = pose_scale_step / 2, angle_step = pose_angle_step * degree / 2;
  for (int round = 0; round < 3; ++round, scale_step /= 2, angle_step /= 2) {
    std::array<Pose, 10> around;
    std::size_t count = 0;
    for (int s = -1; s <= 1; ++s)
      for (int a = -1; a <= 1; ++a)
        around[count++] = {pose.scale + s * scale_step, pose.angle + a * angle_step, 0};
    around[count] = pose;
    for (std::size_t i = 0; i < around.size(); i += 2)
      correlator.correlate(around[i], around[i + 1]);
    pose = *std::max_element(around.begin(), around.end(), [](const Pose& a, const Pose& b) {
      return a.correlation < b.correlation;
    });
  }
  return pose;
}

}  // namespace

std::vector<Pose> search_poses(const Plane& signal, const Pattern& pattern, std::size_t count) {
  Correlator correlator(signal, pattern);
  std::vector<Pose> poses;
  for (int s = 0; s < pose_scales; ++s)
    for (int a = 0; a < pose_angles; ++a)
      poses.push_back({1 + (s - pose_scales / 2) * pose_scale_step,
                       (a - pose_angles / 2) * pose_angle_step * degree, 0});
  Pose spare;
  for (std::size_t i = 0; i < poses.size(); i += 2)
    correlator.correlate(poses[i], i + 1 < poses.size() ? poses[i + 1] : spare);
  std::stable_sort(poses.begin(), poses.end(),
                   [](const Pose& a, const Pose& b) { return a.correlation > b.correlation; });
  std::vector<Pose> best;
  for (const Pose& pose : poses) {
    if (best.size() == count) break;
    if (std::none_of(best.begin(), best.end(), [&](const Pose& b) { return neighbours(pose, b); }))
      best.push_back(pose);
  }
  for (Pose& pose : best) pose = refined(pose, correlator);
  std::stable_sort(best.begin(), best.end(),
                   [](const Pose& a, const Pose& b) { return a.correlation > b.correlation; });
  return best;
}

}  // namespace atelier::provenance::watermark
