// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace atelier::appraise {

inline constexpr std::int64_t hand_axes = 128;

/// Axes along which works of one painter lie together: of standardised rows, the first `hand_axes`
/// principal axes, whitened by the covariance within painters, which is what they vary in freely
/// (subjects, light, size). Source: Hatch, Kajarekar, Stolcke, "Within-class covariance
/// normalization for SVM-based speaker recognition", ICSLP 2006; the covariance gets a tenth of a
/// ball. Painters that are learned from need not be those that are asked about later.
///
/// `rows`: N x D float64, standardised. `painters`: a number for each; those with one work say
/// nothing. Returns D x K. Throws Error bad_input when no painter has two works.
[[nodiscard]] at::Tensor fit_hand(const at::Tensor& rows, std::span<const std::size_t> painters);

/// Rows along these axes, each of length 1: products are cosines. N x K.
[[nodiscard]] at::Tensor hands_of(const at::Tensor& rows, const at::Tensor& axes);

/// How like the others each work of a painter is: the mean cosine to them, N.
[[nodiscard]] at::Tensor likeness_within(const at::Tensor& hands);
/// ... and how like them other works are.
[[nodiscard]] at::Tensor likeness_to(const at::Tensor& hands, const at::Tensor& others);

/// Colours alone, for comparison: roots of a histogram of 4 x 4 x 4 boxes of RGB, so that products
/// are Bhattacharyya coefficients. `thumbnails`: N x (3 pixels), 0..1, R, G and B in turn.
[[nodiscard]] at::Tensor palettes_of(const at::Tensor& thumbnails);

/// "By this painter or not", for each painter of at least 15 works: axes learned without them, each
/// of their works against the rest of theirs, beside all works of others, and beside those of the
/// same class alone. `thumbnails`: N x 768. `classes`: N int64. `names`: of each work's painter.
[[nodiscard]] nlohmann::ordered_json hand_figures(const at::Tensor& rows,
                                                  std::span<const std::size_t> painters,
                                                  std::span<const std::string> names,
                                                  const at::Tensor& classes,
                                                  const at::Tensor& thumbnails);

}  // namespace atelier::appraise
