// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/tone.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/palette/contrast.hpp"
#include "atelier/palette/palette.hpp"
#include "palette/field.hpp"

namespace atelier::palette {
namespace {

constexpr int levels = 1000;  // of L*, 0.1 each
constexpr double warmest = 55, reach = 75, grey = 0.02;

/// CIE L* of relative luminance.
double lightness(double luminance) {
  return luminance > 216.0 / 24389 ? 116 * std::cbrt(luminance) - 16 : luminance * 24389 / 27;
}

double at_hundredth(const std::array<double, levels + 1>& histogram, double part) {
  double sum = 0;
  for (const double count : histogram) sum += count;
  double below = 0;
  for (int i = 0; i < levels; ++i) {
    below += histogram[i];
    if (below >= part * sum) return i / 10.0;
  }
  return 100;
}

}  // namespace

Tone tone_of(const image::Image& picture) {
  Tone tone;
  std::array<double, levels + 1> histogram{};
  double all = 0;
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const double weight = picture.alpha.empty() ? 1 : picture.alpha[i];
    if (weight == 0) continue;
    const image::Rgb rgb{picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2]};
    const double value = std::clamp(lightness(luminance(rgb)), 0.0, 100.0);
    histogram[static_cast<std::size_t>(std::lround(value * 10))] += weight;
    (value < 35 ? tone.darks : value > 65 ? tone.lights : tone.mids) += weight;
    const image::Oklab lab = image::oklab_from_srgb(rgb);
    const double away = std::abs(std::remainder(hue(lab) - warmest, 360.0));
    const bool coloured = chroma(lab) >= grey;
    (coloured && away <= reach         ? tone.warm
     : coloured && away >= 180 - reach ? tone.cool
                                       : tone.neutral) += weight;
    all += weight;
  }
  if (all == 0) return tone;
  for (double* share :
       {&tone.darks, &tone.mids, &tone.lights, &tone.warm, &tone.cool, &tone.neutral}) {
    *share /= all;
  }
  tone.darkest = at_hundredth(histogram, 0.05);
  tone.median = at_hundredth(histogram, 0.5);
  tone.lightest = at_hundredth(histogram, 0.95);
  tone.key = tone.median < 40 ? "low" : tone.median > 60 ? "high" : "middle";
  const double range = tone.lightest - tone.darkest;
  tone.range = range < 40 ? "short" : range > 70 ? "full" : "middle";
  return tone;
}

image::Image value_study(const image::Image& picture) {
  const Field field = field_of(picture);
  image::Image study{field.width, field.height, {}, picture.alpha};
  for (const image::Rgb& rgb : field.rgb) {
    const double step = std::clamp(std::floor(lightness(luminance(rgb)) / 20), 0.0, 4.0);
    const double level = (20 * step + 10 + 16) / 116;
    study.rgb.insert(study.rgb.end(), 3,
                     static_cast<float>(image::srgb_from_linear(level * level * level)));
  }
  return study;
}

}  // namespace atelier::palette
