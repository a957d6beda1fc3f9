// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/working_grid.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::provenance::watermark {
namespace {

/// A channel on white, 0..255.
float on_white(const image::Image& picture, std::size_t pixel, std::size_t channel) {
  const float value = picture.rgb[pixel * 3 + channel];
  const float cover = picture.alpha.empty() ? 1 : picture.alpha[pixel];
  return 255 * (1 - cover * (1 - value));
}

}  // namespace

std::array<float, 3> luma_direction() {
  float energy = 0;
  for (const float weight : luma_weights) energy += weight * weight;
  std::array<float, 3> direction{};
  for (std::size_t c = 0; c < 3; ++c) direction[c] = luma_weights[c] / energy;
  return direction;
}

double grid_pitch(int width, int height) {
  return std::max(1.0, std::sqrt(static_cast<double>(width) * height) / grid_edge);
}

void check_picture(const image::Image& picture, int min_edge, const char* what) {
  if (std::min(picture.width, picture.height) < min_edge)
    fail(ErrorKind::invalid_argument,
         "The picture has {} x {} px; it must have at least {} px each way to be {}.",
         picture.width, picture.height, min_edge, what);
  if (picture.rgb.size() != picture.pixels() * 3 ||
      (!picture.alpha.empty() && picture.alpha.size() != picture.pixels()))
    fail(ErrorKind::invalid_argument,
         "The picture of {} x {} px holds {} colour and {} alpha values; give three and one a "
         "pixel.",
         picture.width, picture.height, picture.rgb.size(), picture.alpha.size());
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(picture.rgb.begin(), picture.rgb.end(), finite) ||
      !std::all_of(picture.alpha.begin(), picture.alpha.end(), finite))
    fail(ErrorKind::invalid_argument,
         "The picture holds values that are not finite numbers; give values of 0..1.");
}

std::array<Plane, 3> colour_planes(const image::Image& picture) {
  std::array<Plane, 3> planes;
  for (std::size_t c = 0; c < 3; ++c) {
    planes[c] = Plane(picture.width, picture.height);
    for (std::size_t i = 0; i < picture.pixels(); ++i)
      planes[c].values[i] = on_white(picture, i, c);
  }
  return planes;
}

Plane luma_plane(const image::Image& picture) {
  Plane plane(picture.width, picture.height);
  for (std::size_t i = 0; i < picture.pixels(); ++i)
    for (std::size_t c = 0; c < 3; ++c)
      plane.values[i] += luma_weights[c] * on_white(picture, i, c);
  return plane;
}

}  // namespace atelier::provenance::watermark
