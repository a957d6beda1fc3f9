// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/recolour.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>

#include "atelier/base/error.hpp"
#include "palette/transport.hpp"

namespace atelier::palette {
namespace {

constexpr int nodes = 65;   // of the table, an axis
constexpr int steps = 128;  // of lightness

/// An increasing function of lightness, straight between its steps.
class LightnessMap {
 public:
  LightnessMap(const std::vector<double>& from, const std::vector<double>& to,
               const std::vector<double>& shares) {
    const auto before = in_order(from, shares), after = in_order(to, shares);
    std::array<double, steps + 1> raw{};
    for (int i = 0; i <= steps; ++i) raw[i] = at(after, below(before, i / double{steps}));
    // Steps of the distributions would be bands: a Gaussian of two steps.
    for (int i = 0; i <= steps; ++i) {
      double sum = 0, weight = 0;
      for (int k = -6; k <= 6; ++k) {
        const double of = std::exp(-k * k / 8.0);
        sum += of * raw[std::clamp(i + k, 0, steps)];
        weight += of;
      }
      values_[i] = sum / weight;
    }
  }

  [[nodiscard]] double operator()(double lightness) const {
    const double place = std::clamp(lightness, 0.0, 1.0) * steps;
    const int i = std::min(static_cast<int>(place), steps - 1);
    return std::lerp(values_[i], values_[i + 1], place - i);
  }

 private:
  /// Lightness and the share of all that is darker or as dark, rising.
  using Distribution = std::vector<std::pair<double, double>>;

  static Distribution in_order(const std::vector<double>& values,
                               const std::vector<double>& shares) {
    Distribution result;
    for (std::size_t i = 0; i < values.size(); ++i) result.emplace_back(values[i], shares[i]);
    std::sort(result.begin(), result.end());
    double sum = 0;
    for (auto& [value, share] : result) {
      sum += share;
      share = sum - share / 2;
    }
    return result;
  }

  static double between(double x, double x0, double x1, double y0, double y1) {
    return x1 > x0 ? std::lerp(y0, y1, std::clamp((x - x0) / (x1 - x0), 0.0, 1.0)) : y1;
  }
  static double below(const Distribution& all, double value) {
    const auto next = std::upper_bound(all.begin(), all.end(), std::pair{value, 2.0});
    if (next == all.begin()) return all.front().second;
    if (next == all.end()) return all.back().second;
    return between(value, std::prev(next)->first, next->first, std::prev(next)->second,
                   next->second);
  }
  static double at(const Distribution& all, double share) {
    const auto next =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.second >= share; });
    if (next == all.begin()) return all.front().first;
    if (next == all.end()) return all.back().first;
    return between(share, std::prev(next)->second, next->second, std::prev(next)->first,
                   next->first);
  }

  std::array<double, steps + 1> values_{};
};

std::vector<Point> points(const Palette& palette) {
  std::vector<Point> result;
  for (const Colour& colour : palette.colours) {
    const image::Oklab lab = image::oklab_from_srgb(colour.rgb);
    result.push_back({lab.L, lab.a, lab.b});
  }
  return result;
}

void check(const Palette& palette, const RecolourOptions& options) {
  if (!(options.strength >= 0 && options.strength <= 1)) {
    fail(ErrorKind::invalid_argument, "a strength of {} is not within 0..1.", options.strength);
  }
  if (palette.colours.empty()) {
    fail(ErrorKind::invalid_argument,
         "the palette holds no colour, so nothing can be brought into it; name another.");
  }
}

}  // namespace

class Recolouring::Map {
 public:
  Map(const image::Image& picture, const Palette& palette, const RecolourOptions& options)
      : strength_(options.strength) {
    const Counted from = counted(picture);
    if (from.colours.empty() || strength_ == 0) return;
    transport_.emplace(from, points(palette), weights(palette), options.free_shares);
    if (options.keep_lightness) {
      std::vector<double> before, after;
      for (const Point& colour : from.colours) {
        before.push_back(colour[0]);
        after.push_back(std::clamp((*transport_)(colour)[0], 0.0, 1.0));
      }
      lightness_.emplace(before, after, from.shares);
    }
    fill_table();
  }

  [[nodiscard]] image::Rgb operator()(const image::Rgb& rgb) const {
    if (!transport_) return rgb;
    const image::Oklab own = image::oklab_from_srgb(rgb);
    Point moved = (*transport_)({own.L, own.a, own.b});
    if (lightness_) moved[0] = (*lightness_)(own.L);
    return image::srgb_in_gamut({std::lerp(own.L, moved[0], strength_),
                                 std::lerp(own.a, moved[1], strength_),
                                 std::lerp(own.b, moved[2], strength_)});
  }

  void apply(std::span<float> rgb) const {
    if (!transport_) return;
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) read(&rgb[i]);
  }

 private:
  void fill_table() {
    table_.reserve(std::size_t{3} * nodes * nodes * nodes);
    for (int r = 0; r < nodes; ++r) {
      for (int g = 0; g < nodes; ++g) {
        for (int b = 0; b < nodes; ++b) {
          constexpr double last = nodes - 1;
          for (const double value : (*this)({r / last, g / last, b / last}))
            table_.push_back(static_cast<float>(value));
        }
      }
    }
  }

  /// Between the four corners of the tetrahedron that the colour lies in, so that greys are read
  /// between greys.
  void read(float* rgb) const {
    std::array<int, 3> order{0, 1, 2};
    std::array<float, 3> part{};
    std::size_t node = 0;
    for (int c = 0; c < 3; ++c) {
      const float place = std::clamp(rgb[c], 0.0F, 1.0F) * (nodes - 1);
      const int first = std::min(static_cast<int>(place), nodes - 2);
      part[c] = place - static_cast<float>(first);
      node = node * nodes + static_cast<std::size_t>(first);
    }
    if (part[order[0]] < part[order[1]]) std::swap(order[0], order[1]);
    if (part[order[1]] < part[order[2]]) std::swap(order[1], order[2]);
    if (part[order[0]] < part[order[1]]) std::swap(order[0], order[1]);
    constexpr std::array<std::size_t, 3> stride{nodes * nodes, nodes, 1};
    std::array<float, 3> sum{};
    float left = 1;
    for (int corner = 0; corner < 4; ++corner) {
      const float next = corner < 3 ? part[order[corner]] : 0;
      for (int c = 0; c < 3; ++c) sum[c] += (left - next) * table_[3 * node + c];
      left = next;
      if (corner < 3) node += stride[order[corner]];
    }
    std::copy(sum.begin(), sum.end(), rgb);
  }

  double strength_;
  std::optional<Transport> transport_;
  std::optional<LightnessMap> lightness_;
  std::vector<float> table_;
};

Recolouring::Recolouring(const image::Image& picture, const Palette& palette,
                         const RecolourOptions& options) {
  check(palette, options);
  map_ = std::make_unique<Map>(picture, palette, options);
}

Recolouring::~Recolouring() = default;

image::Rgb Recolouring::operator()(const image::Rgb& rgb) const {
  return (*map_)(rgb);
}

void Recolouring::apply(std::span<float> rgb) const {
  map_->apply(rgb);
}

}  // namespace atelier::palette
