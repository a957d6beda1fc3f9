// SPDX-License-Identifier: Apache-2.0
#include "fast/colour_transport.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace atelier::fast {
namespace {

constexpr double most_enlarged = 5;
constexpr double least_variance = 1e-6;  // of a grey of half a level; keeps the roots sound

at::Tensor matrix_of(const std::array<double, 9>& values) {
  return at::tensor(at::ArrayRef<double>(values.data(), 9), at::kDouble).view({3, 3});
}

/// V f(values) V^T of a symmetric matrix.
template <class F>
at::Tensor mapped(const at::Tensor& symmetric, const F& f) {
  const auto [values, vectors] = at::linalg_eigh(symmetric);
  return vectors.mm(at::diag(f(values))).mm(vectors.t());
}

at::Tensor root(const at::Tensor& values) {
  return values.clamp_min(0).sqrt();
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
  const at::Tensor floor = at::eye(3, at::kDouble) * least_variance;
  const at::Tensor s = matrix_of(from.covariance) + floor, t = matrix_of(to.covariance) + floor;
  const at::Tensor half = mapped(s, root);
  const at::Tensor inverse = mapped(s, [](const at::Tensor& v) { return 1 / root(v); });
  const at::Tensor moved = inverse.mm(mapped(half.mm(t).mm(half), root)).mm(inverse);
  const at::Tensor map =
      mapped(moved, [](const at::Tensor& v) { return v.clamp(0, most_enlarged); }).contiguous();
  ColourMap result;
  std::copy_n(map.data_ptr<double>(), 9, result.matrix.begin());
  for (std::size_t i = 0; i < 3; ++i) {
    result.offset[i] = to.mean[i];
    for (std::size_t j = 0; j < 3; ++j) result.offset[i] -= result.matrix[3 * i + j] * from.mean[j];
  }
  return result;
}

at::Tensor apply(const ColourMap& map, const at::Tensor& rgb) {
  const at::Tensor matrix = matrix_of(map.matrix).to(rgb.options());
  const at::Tensor offset =
      at::tensor(at::ArrayRef<double>(map.offset.data(), 3), at::kDouble).to(rgb.options());
  // Channels-last: every pixel a row.
  const at::Tensor rows = rgb.permute({0, 2, 3, 1});
  return rows.matmul(matrix.t()).add_(offset).permute({0, 3, 1, 2});
}

}  // namespace atelier::fast
