// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

#include "fast/colour_transport.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::fast {

/// The layers of VGG-19 that a style is known by, those of the style loss, and their channels.
struct StyleLayer {
  const char* name;
  std::int64_t channels;
};
[[nodiscard]] const std::vector<StyleLayer>& style_layers();

/// What the network is told of a painting. Scale-free: each layer's figures are relative to its
/// root mean square e.
struct StyleStatistics {
  at::Tensor levels;  ///< log(0.02 + mean / e), log(0.02 + deviation / e) and log e of each layer
  std::map<std::string, at::Tensor> correlations;  ///< C x C of each layer, 0 where nothing varies
  Colours colours;
};

/// Of moments of all style_layers().
[[nodiscard]] StyleStatistics style_statistics(const std::map<std::string, style::Moments>& moments,
                                               const Colours& colours);

/// What is looked at of a painting, 1 x 3 x H x W: itself up to most_studied_pixels; of a larger
/// one fewer than that, in squares spread evenly over it, each about as large as those that the
/// network learned from. All are views of it, and none lies over another.
[[nodiscard]] std::vector<at::Tensor> studied_parts(const at::Tensor& rgb);
inline constexpr std::int64_t most_studied_pixels = 1'050'000;

/// How many levels there are: of each layer, two a channel and one.
[[nodiscard]] std::int64_t level_count();

}  // namespace atelier::fast
