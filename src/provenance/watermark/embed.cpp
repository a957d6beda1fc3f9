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

constexpr double small_edge = 300, small_psnr = 38.5, large_edge = 800, large_psnr = 44;
constexpr double most_for_busy = 4;  // 6 dB
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
  float sign;    ///< 1 or -1
  float weight;  ///< how much further than a carrier it is pushed
  double amplitude = 0, before = 0, value = 0, gain = 0;
};

constexpr float pilot_weight = 1.5F;

std::vector<Part> parts_of(const Pattern& pattern, std::uint64_t payload) {
  const PolarWord word = codeword(payload, pattern.scramble);
  std::vector<Part> parts;
  for (const Tone& tone : pattern.pilots) parts.push_back({&tone, false, 1, pilot_weight});
  for (std::size_t i = 0; i < pattern.bit.size(); ++i) {
    const std::size_t carrier = i % pattern.carriers.size();
    parts.push_back({&pattern.carriers[carrier], i >= pattern.carriers.size(),
                     word[pattern.bit[i]] == 0 ? 1.0F : -1.0F, 1});
  }
  return parts;
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
  Embedder(std::array<Plane, 3> colours, std::vector<Part> parts, double mean_square)
      : colours_(std::move(colours)), parts_(std::move(parts)), budget_(mean_square) {
    const Whitened clean = whiten(marked_luma(Plane(width(), height())));
    mask_ = mask_of_activity(clean.activity);
    double sum = 0;
    for (const float value : mask_.values) sum += static_cast<double>(value) * value;
    for (const float d : luma_direction()) direction_energy_ += d * d / 3;
    cost_ = sum / static_cast<double>(mask_.values.size()) * direction_energy_ / 2;
    measure(clean.signal);
    for (Part& part : parts_) {
      part.before = part.value;
      noise_ += part.value * part.value / static_cast<double>(parts_.size());
    }
    noise_ = std::sqrt(noise_);
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
  static constexpr double wanted = 0.6;  ///< level, in root mean squares of the picture's own parts

  [[nodiscard]] int width() const { return colours_[0].width; }
  [[nodiscard]] int height() const { return colours_[0].height; }

  /// One tile of the mark, repeated, times the mask.
  [[nodiscard]] Plane change() const {
    std::vector<Complex> spectrum(static_cast<std::size_t>(tile) * tile);
    const auto cell = [&](int x, int y) -> Complex& {
      return spectrum[static_cast<std::size_t>(y & (tile - 1)) * tile +
                      static_cast<std::size_t>(x & (tile - 1))];
    };
    for (const Part& part : parts_) {
      const auto half = static_cast<float>(part.amplitude * part.sign / 2);
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
    for (Part& part : parts_) {
      const Complex v = times_conjugate(spectrum.at(part.tone->x, part.tone->y), part.tone->turn);
      part.value = part.sign * (part.imaginary ? v.imag() : v.real());
    }
  }

  /// Learns what an amplitude changes, by radius: all alike, at the price allowed.
  void probe() {
    const double amplitude = std::sqrt(budget_ / (cost_ * static_cast<double>(parts_.size())));
    for (Part& part : parts_) part.amplitude = amplitude;
    measure(whiten(marked_luma(change())).signal);
    std::vector<double> radii, gains;
    double mean = 0;
    for (const Part& part : parts_) {
      radii.push_back(part.tone->radius);
      gains.push_back((part.value - part.before) / amplitude);
      mean += std::abs(gains.back()) / static_cast<double>(parts_.size());
    }
    const Parabola gain(radii, gains);
    for (Part& part : parts_) {
      part.gain = std::max({gain.at(part.tone->radius), 0.1 * mean, 1e-9});
      part.value = part.before;
      part.amplitude = 0;
    }
  }

  [[nodiscard]] static double amplitude_for(const Part& part, double level) {
    return std::max(part.amplitude + (level * part.weight - part.value) / part.gain, 0.0);
  }

  [[nodiscard]] double price(double level) const {
    double sum = 0;
    for (const Part& part : parts_) sum += std::pow(amplitude_for(part, level), 2);
    return sum * cost_;
  }

  /// Raises every part to the highest level that can be paid; parts that are above it already,
  /// thanks to the picture, cost nothing.
  void push() {
    double low = 0, high = 1;
    for (const Part& part : parts_) low = std::min(low, part.value / part.weight);
    while (price(high) < budget_ && high < 1e12) high *= 2;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (price(middle) > budget_ ? high : low) = middle;
    }
    for (Part& part : parts_) part.amplitude = amplitude_for(part, low);
  }

  std::array<Plane, 3> colours_;
  std::vector<Part> parts_;
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
  Embedder embedder(std::move(colours), parts_of(pattern, payload),
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
