// SPDX-License-Identifier: Apache-2.0
#include "fast/colour_transport.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "image/symmetric_matrix.hpp"

namespace atelier::fast {
namespace {

constexpr double most_enlarged = 5;
constexpr double least_variance = 1e-6;  // of a grey of half a level; keeps the roots sound

at::Tensor matrix_of(const std::array<double, 9>& values) {
  return at::tensor(at::ArrayRef<double>(values.data(), 9), at::kDouble).view({3, 3});
}

double root(double value) {
  return std::sqrt(std::max(value, 0.0));
}

}  // namespace

Colours colours_of(const at::Tensor& rgb) {
  const at::Tensor x =
      rgb.detach().to(at::kCPU).permute({1, 0, 2, 3}).reshape({3, -1}).to(at::kDouble);
  const at::Tensor mean = x.mean(1);
  const at::Tensor off = x - mean.unsqueeze(1);
  const at::Tensor covariance = off.mm(off.t()).div_(static_cast<double>(x.size(1))).contiguous();
  Colours colours;
  std::copy_n(mean.contiguous().data_ptr<double>(), 3, colours.mean.begin());
  std::copy_n(covariance.data_ptr<double>(), 9, colours.covariance.begin());
  return colours;
}

ColourMap colour_map(const Colours& from, const Colours& to) {
  using image::function_of;
  using image::times;
  image::Matrix3 s = from.covariance, t = to.covariance;
  for (std::size_t i = 0; i < 9; i += 4) {
    s[i] += least_variance;
    t[i] += least_variance;
  }
  const image::Matrix3 half = function_of(s, root);
  const image::Matrix3 inverse = function_of(s, [](double v) { return 1 / root(v); });
  const image::Matrix3 middle = function_of(times(times(half, t), half), root);
  ColourMap result;
  result.matrix = function_of(times(times(inverse, middle), inverse),
                              [](double v) { return std::clamp(v, 0.0, most_enlarged); });
  const image::Vector3 moved = image::times(result.matrix, from.mean);
  for (std::size_t i = 0; i < 3; ++i) result.offset[i] = to.mean[i] - moved[i];
  return result;
}

at::Tensor apply(const ColourMap& map, const at::Tensor& rgb) {
  return apply_each(std::vector<ColourMap>(static_cast<std::size_t>(rgb.size(0)), map), rgb);
}

at::Tensor apply_each(const std::vector<ColourMap>& maps, const at::Tensor& rgb) {
  std::vector<at::Tensor> matrices, offsets;
  for (const ColourMap& map : maps) {
    matrices.push_back(matrix_of(map.matrix).t());
    offsets.push_back(at::tensor(at::ArrayRef<double>(map.offset.data(), 3), at::kDouble));
  }
  const std::int64_t n = rgb.size(0), h = rgb.size(2), w = rgb.size(3);
  // Channels-last: every pixel a row.
  const at::Tensor rows = rgb.permute({0, 2, 3, 1}).reshape({n, h * w, 3});
  return at::baddbmm(at::stack(offsets).to(rgb.options()).unsqueeze(1), rows,
                     at::stack(matrices).to(rgb.options()))
      .view({n, h, w, 3})
      .permute({0, 3, 1, 2});
}

}  // namespace atelier::fast
