// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "style/losses/rows.hpp"

namespace atelier::style {

/// What it costs to carry one feature vector to another.
enum class Cost {
  cosine,     ///< 1 - x.s / (|x| |s|)
  euclidean,  ///< |x - s|^2, divided by the style rows' mean squared distance from their mean
};

/// Which rows look for their nearest.
enum class Sides {
  picture,  ///< each row of the picture for one of the style: nothing strange to the style is left
  both,     ///< also each of the style for one of the picture: nothing of the style is left out
};

/// Relaxed optimal transport between two sets of feature vectors: each goes to its nearest, without
/// regard for how many go there:
///   R(x -> s) = sum_i w_i min_j c(x_i, s_j) / sum_i w_i,   R(s -> x) = mean_j min_i c(x_i, s_j).
/// Sides::picture gives R(x -> s); Sides::both the greater of the two, a lower bound of the earth
/// mover's distance.
///
/// Source: Kolkin, Salavon, Shakhnarovich, "Style Transfer by Relaxed Optimal Transport and
/// Self-Similarity", CVPR 2019, eq. 3 to 5; Sides::picture is the nearest-neighbour matching of
/// Kolkin et al., "Neural Neighbor Style Transfer", 2022. Differs: rows may have weights; in R(s ->
/// x) only rows of at least half of the greatest weight are looked at; the squared Euclidean cost
/// is relative to the style's own spread.
///
/// `x`: N x C; `weights`: N, not negative, some above 0; `style`: M x C; all of one floating type.
/// Distances are computed block by block: memory grows with N and M, not with N M. The same bytes
/// for every number of threads.
[[nodiscard]] RowsLoss relaxed_transport(const at::Tensor& x, const at::Tensor& weights,
                                         const at::Tensor& style, Cost cost, Sides sides,
                                         bool with_gradient);

}  // namespace atelier::style
