// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace atelier::style {

/// The picture that optimisation starts from, of the content's shape, in 0..1.
///
/// `kind`: "content"; "noise" (normal, mean 0.5, deviation 0.15); "style-stats" (normal noise with
/// the mean and covariance of the first style's colours). Noise comes from the stream "start" of
/// `seed`; the content gets a dither of deviation 1/512 from it, so that another seed paints
/// another picture.
[[nodiscard]] at::Tensor start_picture(const std::string& kind, std::uint64_t seed,
                                       const at::Tensor& content,
                                       const std::vector<at::Tensor>& styles);

/// The dither alone, added to `picture` and clamped.
[[nodiscard]] at::Tensor dithered(const at::Tensor& picture, std::uint64_t seed);

/// The start of a film's next frame: the last painting `moved` along where it may be trusted (0..1,
/// 1 x 1 x H x W); elsewhere the photograph in the painting's colours, shifted by how far moved -
/// content is on the mean of the trusted places near by (cells of 1/24 of the long edge), so that
/// no strip of raw photograph follows the border that a camera unveils. Without trust anywhere: the
/// photograph as it is.
[[nodiscard]] at::Tensor next_frame(const at::Tensor& moved, const at::Tensor& trust,
                                    const at::Tensor& content);

/// `whole` with what painting it at a smaller size changed, from `start` to `painted`.
[[nodiscard]] at::Tensor repainted(const at::Tensor& whole, const at::Tensor& start,
                                   const at::Tensor& painted);

/// Of the photograph's detail that a scale sees for the first time, what it starts with.
inline constexpr double detail_kept = 0.5;

/// The start of the next scale: the last one's painting enlarged to the shape of `content`, with
/// half of the detail that the photograph has at this size and had not at the last. Without it the
/// content term begins each scale far above where it ended the last, and steps go into drawing anew
/// what the photograph shows. `photograph`: at full size.
[[nodiscard]] at::Tensor enlarged_painting(const at::Tensor& painting, const at::Tensor& photograph,
                                           const at::Tensor& content);

}  // namespace atelier::style
