// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <vector>

namespace atelier::fast {

/// Mean and covariance of a picture's colours, R, G, B in 0..1.
struct Colours {
  std::array<double, 3> mean{};
  std::array<double, 9> covariance{};
};
[[nodiscard]] Colours colours_of(const at::Tensor& rgb);

/// x -> matrix x + offset.
struct ColourMap {
  std::array<double, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
  std::array<double, 3> offset{};
};

/// The linear map of least movement that gives colours `from` the mean and covariance of `to`,
///   T = S^-1/2 (S^1/2 S' S^1/2)^1/2 S^-1/2,
/// no direction enlarged more than 5 times. Source: Pitie, Kokaram, CVMP 2007, as in
/// image/palette_map.hpp. Differs: in sRGB values, in which the network sees and paints.
[[nodiscard]] ColourMap colour_map(const Colours& from, const Colours& to);

/// N x 3 x H x W; not clamped.
[[nodiscard]] at::Tensor apply(const ColourMap& map, const at::Tensor& rgb);
/// Each picture by its own map.
[[nodiscard]] at::Tensor apply_each(const std::vector<ColourMap>& maps, const at::Tensor& rgb);

}  // namespace atelier::fast
