// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/harmony.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/palette/names.hpp"

namespace atelier::palette {
namespace {

constexpr double reach = 20;           // degrees either side of a scheme's hue
constexpr double least_weight = 0.04;  // of each of its hues
constexpr double grey = 0.015;         // mean chroma
constexpr double least_fit = 0.5;

struct Hue {
  double angle, weight;
};

double apart(double x, double y) {
  const double turn = std::fmod(std::abs(x - y), 360.0);
  return std::min(turn, 360 - turn);
}

/// How a scheme fits when its first hue lies here.
Harmony fit_at(const Scheme& scheme, double first, const std::vector<Hue>& hues) {
  std::vector<double> weight(scheme.angles.size());
  double hits = 0, deviation = 0;
  for (const Hue& hue : hues) {
    std::size_t nearest = 0;
    double away = 360;
    for (std::size_t i = 0; i < scheme.angles.size(); ++i) {
      const double there = apart(hue.angle, first + scheme.angles[i]);
      if (there < away) {
        away = there;
        nearest = i;
      }
    }
    deviation += hue.weight * away;
    if (away > reach) continue;
    hits += hue.weight;
    weight[nearest] += hue.weight;
  }
  const double chance = 2 * reach * static_cast<double>(scheme.angles.size()) / 360;
  const bool whole = *std::min_element(weight.begin(), weight.end()) >= least_weight;
  return {std::string(scheme.name), whole ? std::max((hits - chance) / (1 - chance), 0.0) : 0,
          first, deviation};
}

bool better(const Harmony& a, const Harmony& b) {
  return a.fit > b.fit + 1e-9 || (a.fit > b.fit - 1e-9 && a.deviation < b.deviation - 1e-9);
}

}  // namespace

const std::vector<Scheme>& schemes() {
  static const std::vector<Scheme> all{
      {"monochrome", {0}},          {"analogous", {0, 30, 330}},
      {"complementary", {0, 180}},  {"split-complementary", {0, 150, 210}},
      {"triad", {0, 120, 240}},     {"tetrad", {0, 60, 180, 240}},
      {"square", {0, 90, 180, 270}}};
  return all;
}

Harmony harmony_of(const Palette& palette) {
  const std::vector<double> shares = weights(palette);
  std::vector<Hue> hues;
  double sum = 0, mean_chroma = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const image::Oklab lab = image::oklab_from_srgb(palette.colours[i].rgb);
    hues.push_back({hue(lab), std::sqrt(shares[i]) * chroma(lab)});
    sum += hues.back().weight;
    mean_chroma += shares[i] * chroma(lab);
  }
  if (mean_chroma < grey) return {"achromatic", 1 - mean_chroma / grey, 0, 0};
  for (Hue& one : hues) one.weight /= sum;
  Harmony best{"none", 0, 0, 180};
  for (const Scheme& scheme : schemes()) {
    for (int first = 0; first < 360; ++first) {
      const Harmony here = fit_at(scheme, first, hues);
      if (better(here, best)) best = here;
    }
  }
  if (best.fit < least_fit) best.scheme = "none";
  return best;
}

Palette proposed(std::string_view name, const image::Rgb& base) {
  const auto scheme = std::find_if(schemes().begin(), schemes().end(),
                                   [&](const Scheme& one) { return one.name == name; });
  if (scheme == schemes().end())
    fail(ErrorKind::invalid_argument, "there is no scheme '{}'.", name);
  const image::Oklab from = image::oklab_from_srgb(base);
  Palette palette;
  palette.title = std::string(name);
  const auto add = [&](const image::Oklab& colour) {
    palette.colours.push_back({image::srgb_in_gamut(colour), "", {}, {}});
  };
  if (name == "monochrome") {
    for (int step = 0; step < 5; ++step)
      add(from_lch(std::lerp(0.25, 0.92, step / 4.0), chroma(from), hue(from)));
  } else {
    for (const double angle : scheme->angles)
      add(from_lch(from.L, chroma(from), hue(from) + angle));
  }
  give_names(palette);
  return palette;
}

const Colour& main_colour(const Palette& palette) {
  assert(!palette.colours.empty());
  const std::vector<double> shares = weights(palette);
  std::size_t best = 0;
  double most = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double value = shares[i] * chroma(image::oklab_from_srgb(palette.colours[i].rgb));
    if (value > most * (1 + 1e-9)) {
      most = value;
      best = i;
    }
  }
  return palette.colours[best];
}

}  // namespace atelier::palette
