// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "appraise/measures/measures.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::appraise {
namespace {

/// Mean and deviation of numbers that come one by one (Welford 1962).
class Spread {
 public:
  void add(double value) {
    const double off = value - mean_;
    mean_ += off / ++count_;
    squares_ += off * (value - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double deviation() const { return std::sqrt(squares_ / count_); }

 private:
  double count_ = 0, mean_ = 0, squares_ = 0;
};

image::Rgb on_white(const image::Image& picture, std::size_t i) {
  const double alpha = picture.alpha.empty() ? 1 : picture.alpha[i];
  image::Rgb rgb;
  for (std::size_t c = 0; c < 3; ++c) rgb[c] = 1 + alpha * (picture.rgb[3 * i + c] - 1);
  return rgb;
}

/// CIE L* of an sRGB-encoded colour, 0..100.
double lightness(const image::Rgb& rgb) {
  const double y = 0.2126 * image::linear_from_srgb(rgb[0]) +
                   0.7152 * image::linear_from_srgb(rgb[1]) +
                   0.0722 * image::linear_from_srgb(rgb[2]);
  return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
}

}  // namespace

double colourfulness_of(const image::Image& picture) {
  Spread red_green, yellow_blue;
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const image::Rgb rgb = on_white(picture, i);
    red_green.add(255 * (rgb[0] - rgb[1]));
    yellow_blue.add(255 * ((rgb[0] + rgb[1]) / 2 - rgb[2]));
  }
  return std::hypot(red_green.deviation(), yellow_blue.deviation()) +
         0.3 * std::hypot(red_green.mean(), yellow_blue.mean());
}

double contrast_of(const image::Image& picture) {
  Spread of;
  for (std::size_t i = 0; i < picture.pixels(); ++i) of.add(lightness(on_white(picture, i)));
  return of.deviation();
}

}  // namespace atelier::appraise
