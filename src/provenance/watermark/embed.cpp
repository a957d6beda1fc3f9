// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/provenance/watermark.hpp"
#include "provenance/watermark/codeword.hpp"
#include "provenance/watermark/parabola.hpp"
#include "provenance/watermark/tile_spectrum.hpp"
#include "provenance/watermark/whiten.hpp"
#include "provenance/watermark/working_grid.hpp"

namespace atelier::provenance {
namespace {

using namespace watermark;

constexpr double small_edge = 300, small_psnr = 43, large_edge = 800, large_psnr = 46.5;
constexpr double most_for_busy = 6.3;  // 8 dB
constexpr double min_psnr = 30, max_psnr = 60;

double psnr_of(const image::Image& picture, const WatermarkOptions& options) {
  if (options.psnr == 0) {
    const double edge = std::sqrt(static_cast<double>(picture.pixels()));
    const double share = std::log(edge / small_edge) / std::log(large_edge / small_edge);
    return small_psnr + std::clamp(share, 0.0, 1.0) * (large_psnr - small_psnr);
  }
  if (!(options.psnr >= min_psnr && options.psnr <= max_psnr))
    fail(ErrorKind::invalid_argument,
         "A watermark cannot cost {} dB; give {}..{} dB, or 0 for what suits the size.",
         options.psnr, min_psnr, max_psnr);
  return options.psnr;
}

/// A real or imaginary part of a tone, and what the mark wants of it.
struct Part {
  const Tone* tone;
  bool imaginary;
  float sign;  ///< 1 or -1
  double before = 0, value = 0, gain = 0;
};

/// Parts that the reader adds up: those of a bit, or some pilots.
struct Group {
  std::vector<Part> parts;
  double weight;    ///< how much further than a bit it is pushed
  double push = 0;  ///< the amplitude of a part is this times its gain

  /// What the parts come to, in units that do not depend on their number.
  [[nodiscard]] double value() const {
    double sum = 0;
    for (const Part& part : parts) sum += part.value;
    return sum / std::sqrt(static_cast<double>(parts.size()));
  }
  [[nodiscard]] double gain_energy() const {
    double sum = 0;
    for (const Part& part : parts) sum += part.gain * part.gain;
    return sum;
  }
  /// The push that brings value() to `level` times the weight at the least energy; not below 0.
  [[nodiscard]] double push_for(double level) const {
    const double missing =
        (level * weight - value()) * std::sqrt(static_cast<double>(parts.size()));
    return std::max(push + missing / gain_energy(), 0.0);
  }
};

constexpr double pilot_weight = 1.5;
constexpr std::size_t pilots_of_group = 3;

std::vector<Group> groups_of(const Pattern& pattern, std::uint64_t payload) {
  const PolarWord word = codeword(payload, pattern.scramble);
  std::vector<Group> groups(polar_length, {{}, 1});
  for (std::size_t i = 0; i < pattern.bit.size(); ++i) {
    const std::size_t bit = pattern.bit[i], carrier = i % pattern.carriers.size();
    groups[bit].parts.push_back(
        {&pattern.carriers[carrier], i >= pattern.carriers.size(), word[bit] == 0 ? 1.0F : -1.0F});
  }
  for (std::size_t i = 0; i < pattern.pilots.size(); ++i) {
    if (i % pilots_of_group == 0) groups.push_back({{}, pilot_weight});
    groups.back().parts.push_back({&pattern.pilots[i], false, 1});
  }
  return groups;
}

/// Where a mark may be stronger: (min(E, 12) + 1.5)^(1/4), smoothed; E: Whitened::activity.
Plane mask_of_activity(const Plane& activity) {
  Plane mask = activity;
  for (float& value : mask.values) value = std::sqrt(std::sqrt(std::min(value, 12.0F) + 1.5F));
  return gaussian(mask, 3);
}

/// Chooses amplitudes so that what a reader will measure is right by as much as the picture may be
/// changed for.
class Embedder {
 public:
  Embedder(std::array<Plane, 3> colours, std::vector<Group> groups, double mean_square)
      : colours_(std::move(colours)), groups_(std::move(groups)), budget_(mean_square) {
    const Whitened clean = whiten(marked_luma(Plane(width(), height())));
    mask_ = mask_of_activity(clean.activity);
    double sum = 0;
    for (const float value : mask_.values) sum += static_cast<double>(value) * value;
    for (const float d : luma_direction()) direction_energy_ += d * d / 3;
    cost_ = sum / static_cast<double>(mask_.values.size()) * direction_energy_ / 2;
    measure(clean.signal);
    std::size_t parts = 0;
    for (Group& group : groups_)
      for (Part& part : group.parts) {
        part.before = part.value;
        noise_ += part.value * part.value;
        ++parts;
      }
    noise_ = std::sqrt(noise_ / static_cast<double>(parts));
  }

  /// What is added to luma on the working grid, grey levels. `most`: how much more than the mean
  /// square may be paid where the picture is so busy that less would be lost in it.
  Plane run(double most) {
    probe();
    budget_ = std::clamp(price(wanted * noise_), budget_, budget_ * most);
    for (int round = 0; round < rounds; ++round) {
      push();
      measure(whiten(marked_luma(change())).signal);
    }
    return change();
  }

 private:
  static constexpr int rounds = 3;
  static constexpr double wanted = 0.5;  ///< level, in root mean squares of the picture's own parts

  [[nodiscard]] int width() const { return colours_[0].width; }
  [[nodiscard]] int height() const { return colours_[0].height; }

  /// One tile of the mark, repeated, times the mask.
  [[nodiscard]] Plane change() const {
    std::vector<Complex> spectrum(static_cast<std::size_t>(tile) * tile);
    const auto cell = [&](int x, int y) -> Complex& {
      return spectrum[static_cast<std::size_t>(y & (tile - 1)) * tile +
                      static_cast<std::size_t>(x & (tile - 1))];
    };
    for (const Group& group : groups_)
      for (const Part& part : group.parts) {
        const auto half = static_cast<float>(group.push * part.gain * part.sign / 2);
        const Complex value =
            times(part.imaginary ? Complex(0, half) : Complex(half, 0), part.tone->turn);
        cell(part.tone->x, part.tone->y) += value;
        cell(-part.tone->x, -part.tone->y) += std::conj(value);
      }
    tile_fft().backward_square(spectrum.data());
    Plane plane(width(), height());
    for (int y = 0; y < height(); ++y)
      for (int x = 0; x < width(); ++x) plane.row(y)[x] = cell(x, y).real() * mask_.row(y)[x];
    return plane;
  }

  /// Luma of the picture with a change, as far as its colours have room for it.
  [[nodiscard]] Plane marked_luma(const Plane& change) const {
    Plane luma(width(), height());
    const auto direction = luma_direction();
    for (std::size_t i = 0; i < luma.values.size(); ++i)
      for (std::size_t c = 0; c < 3; ++c)
        luma.values[i] +=
            luma_weights[c] *
            std::clamp(colours_[c].values[i] + change.values[i] * direction[c], 0.0F, 255.0F);
    return luma;
  }

  void measure(const Plane& signal) {
    const TileSpectrum spectrum(signal);
    for (Group& group : groups_)
      for (Part& part : group.parts) {
        const Complex v = times_conjugate(spectrum.at(part.tone->x, part.tone->y), part.tone->turn);
        part.value = part.sign * (part.imaginary ? v.imag() : v.real());
      }
  }

  /// Learns what an amplitude changes, by radius: all alike, at the price allowed.
  void probe() {
    std::size_t parts = 0;
    for (Group& group : groups_) {
      parts += group.parts.size();
      for (Part& part : group.parts) part.gain = 1;
    }
    const double amplitude = std::sqrt(budget_ / (cost_ * static_cast<double>(parts)));
    for (Group& group : groups_) group.push = amplitude;
    measure(whiten(marked_luma(change())).signal);
    std::vector<double> radii, gains;
    double mean = 0;
    for (const Group& group : groups_)
      for (const Part& part : group.parts) {
        radii.push_back(part.tone->radius);
        gains.push_back((part.value - part.before) / amplitude);
        mean += std::abs(gains.back()) / static_cast<double>(parts);
      }
    const Parabola gain(radii, gains);
    for (Group& group : groups_) {
      group.push = 0;
      for (Part& part : group.parts) {
        part.gain = std::max({gain.at(part.tone->radius), 0.1 * mean, 1e-9});
        part.value = part.before;
      }
    }
  }

  [[nodiscard]] double price(double level) const {
    double sum = 0;
    for (const Group& group : groups_)
      sum += std::pow(group.push_for(level), 2) * group.gain_energy();
    return sum * cost_;
  }

  /// Raises every group to the highest level that can be paid; groups that are above it already,
  /// thanks to the picture, cost nothing.
  void push() {
    double low = 0, high = 1;
    for (const Group& group : groups_) low = std::min(low, group.value() / group.weight);
    while (price(high) < budget_ && high < 1e12) high *= 2;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (price(middle) > budget_ ? high : low) = middle;
    }
    for (Group& group : groups_) group.push = group.push_for(low);
  }

  std::array<Plane, 3> colours_;
  std::vector<Group> groups_;
  double budget_;  ///< mean square over R, G and B, grey levels
  Plane mask_;
  double direction_energy_ = 0;
  double noise_ = 0;  ///< root mean square of the parts before
  double cost_ = 0;   ///< mean square that an amplitude of 1 costs
};

}  // namespace

image::Image embed_watermark(const image::Image& picture, std::uint64_t payload,
                             const WatermarkKey& key, const WatermarkOptions& options) {
  check_picture(picture, min_watermark_edge, "marked");
  const double psnr = psnr_of(picture, options);
  const double pitch = grid_pitch(picture.width, picture.height);
  auto colours = colour_planes(picture);
  for (Plane& plane : colours)
    plane = resample(plane, static_cast<int>(std::lround(picture.width / pitch)),
                     static_cast<int>(std::lround(picture.height / pitch)));
  const Pattern pattern(key);
  Embedder embedder(std::move(colours), groups_of(pattern, payload),
                    255 * 255 / std::pow(10, psnr / 10));
  const Plane change =
      resample(embedder.run(options.psnr == 0 ? most_for_busy : 1), picture.width, picture.height);
  image::Image marked = picture;
  const auto direction = luma_direction();
  for (std::size_t i = 0; i < picture.pixels(); ++i)
    for (std::size_t c = 0; c < 3; ++c) {
      float& value = marked.rgb[i * 3 + c];
      value = std::clamp(value + change.values[i] * direction[c] / 255, 0.0F, 1.0F);
    }
  return marked;
}

}  // namespace atelier::provenance
