// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "atelier/provenance/watermark.hpp"
#include "provenance/watermark/codeword.hpp"
#include "provenance/watermark/pilot.hpp"
#include "provenance/watermark/pose_search.hpp"
#include "provenance/watermark/straighten.hpp"
#include "provenance/watermark/trials.hpp"
#include "provenance/watermark/warp.hpp"
#include "provenance/watermark/whiten.hpp"
#include "provenance/watermark/working_grid.hpp"

namespace atelier::provenance {
namespace {

using namespace watermark;

constexpr int largest_edge = 1280;  // px of the working grid that are looked at
constexpr int search_edge = 544;    // a little more than PaddedSpectrum::max_window
constexpr double promising = 5.5, surely = 8;

/// The picture's middle on a grid of this pitch, `edge` of its pixels at most each way.
Plane on_grid(const Plane& luma, double pitch, int edge) {
  const int width = std::min(luma.width, static_cast<int>(edge * pitch));
  const int height = std::min(luma.height, static_cast<int>(edge * pitch));
  const Plane middle =
      cut(luma, (luma.width - width) / 2, (luma.height - height) / 2, width, height);
  return resample(middle, std::max(1, static_cast<int>(std::lround(width / pitch))),
                  std::max(1, static_cast<int>(std::lround(height / pitch))));
}

class Reader {
 public:
  Reader(const image::Image& picture, const WatermarkKey& key)
      : luma_(luma_plane(picture)),
        pitch_(grid_pitch(picture.width, picture.height)),
        pattern_(key) {}

  /// The picture at its own size and as a large picture made smaller, however turned; and at usual
  /// factors of a picture that was not large.
  std::optional<WatermarkReading> directly() const {
    const double shrunk = std::sqrt(static_cast<double>(luma_.width) * luma_.height) / grid_edge;
    if (auto reading = at(pitch_, ways)) return reading;
    if (shrunk < 1 && shrunk > 0.5)
      if (auto reading = at(shrunk, ways)) return reading;
    for (const double factor : usual_factors)
      if (factor >= shrunk)
        if (auto reading = at(factor, 1)) return reading;
    return std::nullopt;
  }

  /// The picture at other sizes and tilts.
  std::optional<WatermarkReading> searching() const {
    std::vector<Candidate> candidates;
    for (const double step : search_steps) {
      const double pitch = pitch_ * std::exp2(step / 4);
      if (std::min(luma_.width, luma_.height) / pitch < tile / 2.0) continue;
      const Plane signal = whiten(on_grid(luma_, pitch, search_edge)).signal;
      for (const Pose& pose : search_poses(signal, pattern_, poses_per_step)) {
        if (pose.correlation < promising) continue;
        if (pose.correlation < surely) {
          candidates.push_back({pitch, pose});
        } else if (auto reading = look({pitch, pose})) {
          return reading;
        }
      }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) {
                       return a.pose.correlation > b.pose.correlation;
                     });
    if (candidates.size() > max_candidates) candidates.resize(max_candidates);
    for (const Candidate& candidate : candidates)
      if (auto reading = look(candidate)) return reading;
    return std::nullopt;
  }

 private:
  static constexpr std::size_t max_candidates = 6;
  struct Candidate {
    double pitch;
    Pose pose;
  };

  /// The picture on a grid of this pitch, turned in the first so many ways.
  [[nodiscard]] std::optional<WatermarkReading> at(double pitch, int turns) const {
    const Plane plane = on_grid(luma_, pitch, largest_edge);
    const Plane signal = whiten(plane).signal;
    const TileSpectrum spectrum(signal);
    for (int way = 0; way < turns; ++way) {
      const int quarters = way % 4;
      const bool mirror = way >= 4;
      const PilotPeak peak = find_pilots(spectrum.turned(quarters, mirror), pattern_);
      if (peak.correlation < direct_threshold) continue;
      auto reading = read(turned(signal, quarters, mirror), peak, direct_trials);
      if (!reading)
        reading =
            straightened(turned(plane, quarters, mirror), {}, direct_threshold, direct_trials);
      if (!reading) continue;
      reading->scale *= pitch;
      reading->quarter_turns = (4 - quarters) % 4;
      reading->mirrored = mirror;
      return reading;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<WatermarkReading> look(const Candidate& candidate) const {
    auto reading = straightened(on_grid(luma_, candidate.pitch, largest_edge),
                                similarity(candidate.pose.scale, candidate.pose.angle),
                                search_threshold, search_trials);
    if (reading) reading->scale *= candidate.pitch;
    return reading;
  }

  /// Reads a plane that is taken by `from`, and once more after each of two corrections.
  [[nodiscard]] std::optional<WatermarkReading> straightened(const Plane& plane, Affine from,
                                                             double threshold,
                                                             double trials) const {
    constexpr int corrections = 2;
    for (int correction = 0;; ++correction) {
      const double scale = std::sqrt(from.xx * from.yy - from.xy * from.yx);
      Warped straight = warp(plane, from, static_cast<int>(std::lround(plane.width / scale)),
                             static_cast<int>(std::lround(plane.height / scale)));
      Plane signal = whiten(straight.plane).signal;
      for (std::size_t i = 0; i < signal.values.size(); ++i)
        if (!straight.inside[i]) signal.values[i] = 0;
      const PilotPeak peak = find_pilots(TileSpectrum(signal), pattern_);
      if (peak.correlation >= threshold)
        if (auto reading = read(signal, peak, trials)) {
          reading->scale = scale;
          reading->rotation = std::atan2(from.yx, from.xx) * 180 / std::numbers::pi;
          return reading;
        }
      const auto correction_map = straighten(signal, peak, pattern_);
      if (!correction_map || correction == corrections) return std::nullopt;
      from = from.after(*correction_map);
      if (from.xx * from.yy - from.xy * from.yx < 0.1) return std::nullopt;
    }
  }

  [[nodiscard]] std::optional<WatermarkReading> read(const Plane& signal, const PilotPeak& peak,
                                                     double trials) const {
    const auto soft = soft_bits(TileSpectrum(signal), peak, pattern_);
    const auto payload = payload_of(soft, pattern_.scramble);
    if (!payload) return std::nullopt;
    WatermarkReading reading;
    reading.payload = *payload;
    reading.correlation = peak.correlation;
    reading.false_positive = false_positive_bound(peak.correlation, trials);
    return reading;
  }

  Plane luma_;
  double pitch_;
  Pattern pattern_;
};

}  // namespace

std::optional<WatermarkReading> read_watermark(const image::Image& picture, const WatermarkKey& key,
                                               const WatermarkSearch& search) {
  check_picture(picture, min_readable_edge, "looked at for a mark");
  const Reader reader(picture, key);
  auto reading = reader.directly();
  if (!reading && search.geometry) reading = reader.searching();
  return reading;
}

}  // namespace atelier::provenance
