// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "style/losses/statistics.hpp"

namespace atelier::style {

/// One of the styles that are mixed; weights sum to 1.
struct WeightedMoments {
  double weight;
  Moments moments;
};

/// The moments of a mixture: its Gram matrix is the weighted mean of the Gram matrices, sum a G,
/// which is where the weighted sum of squared distances to them is least.
[[nodiscard]] Moments mixture(const std::vector<WeightedMoments>& styles);

/// The barycentre of Gaussians under the 2-Wasserstein distance: the one of which the weighted sum
/// of squared distances to them is least. Its mean is sum a m; its covariance is the fixed point of
///   S = S^-1/2 (sum a (S^1/2 C S^1/2)^1/2)^2 S^-1/2.
///
/// Source: Agueh, Carlier, "Barycenters in the Wasserstein space", SIAM J. Math. Anal. 43 (2011);
/// the iteration by Alvarez-Esteban, del Barrio, Cuesta-Albertos, Matran, "A fixed-point approach
/// to barycenters in Wasserstein space", J. Math. Anal. Appl. 441 (2016). Differs: eigenvalues of
/// the covariances are raised by 1e-9 of the greatest, since the iteration needs full rank.
/// Ends at a relative change below 1e-4, after 20 rounds at most.
[[nodiscard]] Moments barycentre(const std::vector<WeightedMoments>& styles);

/// What a style loss of this name compares with when styles are mixed in their statistics: a
/// mixture for "gram", the barycentre for "wasserstein".
[[nodiscard]] Moments blended_moments(std::string_view loss,
                                      const std::vector<WeightedMoments>& styles);

}  // namespace atelier::style
