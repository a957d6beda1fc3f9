// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/palette_map.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "image/symmetric_matrix.hpp"

namespace atelier::image {
namespace {

constexpr double most_enlarged = 5;
constexpr double least_variance = 1e-10;  // of Oklab, under that of 16-bit steps

class LinearMap : public PaletteMap {
 public:
  LinearMap(Vector3 from, Matrix3 matrix, Vector3 to) : from_(from), matrix_(matrix), to_(to) {}

  [[nodiscard]] Oklab operator()(const Oklab& colour) const override {
    const Vector3 moved =
        times(matrix_, Vector3{colour.L - from_[0], colour.a - from_[1], colour.b - from_[2]});
    return {to_[0] + moved[0], to_[1] + moved[1], to_[2] + moved[2]};
  }

 private:
  Vector3 from_;
  Matrix3 matrix_;
  Vector3 to_;
};

Oklab colour_at(std::span<const float> rgb, std::size_t i) {
  return oklab_from_srgb({rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]});
}

}  // namespace

void ColourSums::add(std::span<const float> rgb, std::span<const float> alpha) {
  assert(rgb.size() % 3 == 0 && (alpha.empty() || alpha.size() == rgb.size() / 3));
  for (std::size_t i = 0; i < rgb.size() / 3; ++i) {
    const double weight = alpha.empty() ? 1 : alpha[i];
    if (weight == 0) continue;
    const Oklab colour = colour_at(rgb, i);
    const Vector3 values{colour.L, colour.a, colour.b};
    weight_ += weight;
    for (int j = 0; j < 3; ++j) {
      sum_[j] += weight * values[j];
      for (int k = 0; k < 3; ++k) squares_[3 * j + k] += weight * values[j] * values[k];
    }
  }
}

void ColourSums::add(const ColourSums& other) {
  weight_ += other.weight_;
  for (int i = 0; i < 3; ++i) sum_[i] += other.sum_[i];
  for (int i = 0; i < 9; ++i) squares_[i] += other.squares_[i];
}

ColourMoments ColourSums::moments() const {
  ColourMoments result;
  if (weight_ == 0) return result;
  for (int j = 0; j < 3; ++j) result.mean[j] = sum_[j] / weight_;
  for (int j = 0; j < 3; ++j) {
    for (int k = 0; k < 3; ++k) {
      result.covariance[3 * j + k] =
          squares_[3 * j + k] / weight_ - result.mean[j] * result.mean[k];
    }
  }
  return result;
}

std::vector<Oklab> sampled_colours(const Image& picture, std::size_t count) {
  constexpr double golden = 0.6180339887498949;
  std::vector<Oklab> colours;
  const std::size_t pixels = picture.pixels();
  count = std::min(count, pixels);
  for (std::size_t i = 0; i < count; ++i) {
    // One of each stretch of the rows, at a place in it that keeps off a lattice.
    const double within = count == pixels ? 0 : std::fmod(golden * static_cast<double>(i), 1.0);
    const auto at =
        std::min(pixels - 1, static_cast<std::size_t>((static_cast<double>(i) + within) *
                                                      static_cast<double>(pixels) /
                                                      static_cast<double>(count)));
    if (!picture.alpha.empty() && picture.alpha[at] < 0.5F) continue;
    colours.push_back(colour_at(picture.rgb, at));
  }
  return colours;
}

std::unique_ptr<PaletteMap> covariance_map(const ColourMoments& from, const ColourMoments& to) {
  const auto variance = [](double value) { return std::max(value, least_variance); };
  const auto root = [&](const Matrix3& m) {
    return function_of(m, [&](double value) { return std::sqrt(variance(value)); });
  };
  const Matrix3 spread = root(from.covariance);
  const Matrix3 whitening =
      function_of(from.covariance, [&](double value) { return 1 / std::sqrt(variance(value)); });
  const Matrix3 middle = function_of(times(times(spread, to.covariance), spread),
                                     [](double value) { return std::sqrt(std::max(value, 0.0)); });
  const Matrix3 matrix = function_of(times(times(whitening, middle), whitening), [](double value) {
    return std::clamp(value, 0.0, most_enlarged);
  });
  return std::make_unique<LinearMap>(from.mean, matrix, to.mean);
}

void apply_palette_map(const PaletteMap& map, double share, std::span<float> rgb) {
  assert(rgb.size() % 3 == 0 && share >= 0 && share <= 1);
  for (std::size_t i = 0; i < rgb.size() / 3; ++i) {
    const Oklab own = colour_at(rgb, i), moved = map(own);
    const Rgb result =
        srgb_in_gamut({own.L + share * (moved.L - own.L), own.a + share * (moved.a - own.a),
                       own.b + share * (moved.b - own.b)});
    for (int c = 0; c < 3; ++c) rgb[3 * i + c] = static_cast<float>(result[c]);
  }
}

}  // namespace atelier::image
