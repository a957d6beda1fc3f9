// SPDX-License-Identifier: Apache-2.0
#include "style/compatibility/grain.hpp"

#include <cmath>

#include "style/compatibility/palette.hpp"

namespace atelier::style {
namespace {

constexpr int octaves = 4;
constexpr double finest = 3;  // px

}  // namespace

std::vector<double> octave_energies(const image::Image& picture) {
  std::size_t width = static_cast<std::size_t>(picture.width);
  std::size_t height = static_cast<std::size_t>(picture.height);
  std::vector<double> light(picture.pixels());
  for (std::size_t i = 0; i < light.size(); ++i) {
    light[i] = oklab(picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2])[0];
  }
  std::vector<double> energies;
  for (int k = 0; k < octaves && width >= 2 && height >= 2; ++k) {
    const std::size_t w = width / 2, h = height / 2;
    std::vector<double> half(w * h);
    double lost = 0;
    for (std::size_t y = 0; y < h; ++y) {
      for (std::size_t x = 0; x < w; ++x) {
        const double* a = light.data() + 2 * y * width + 2 * x;
        const double* b = a + width;
        const double mean = (a[0] + a[1] + b[0] + b[1]) / 4;
        for (const double value : {a[0], a[1], b[0], b[1]}) lost += (value - mean) * (value - mean);
        half[y * w + x] = mean;
      }
    }
    energies.push_back(lost / static_cast<double>(4 * w * h));
    light = std::move(half);
    width = w;
    height = h;
  }
  return energies;
}

double mean_wavelength(const std::vector<double>& energies) {
  double sum = 0, weighed = 0;
  for (std::size_t k = 0; k < energies.size(); ++k) {
    sum += energies[k];
    weighed += static_cast<double>(k) * energies[k];
  }
  return finest * std::exp2(sum > 1e-12 ? weighed / sum : 1.0);
}

}  // namespace atelier::style
