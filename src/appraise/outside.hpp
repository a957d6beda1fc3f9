// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::appraise {

/// How far a work lies from all classes that are known, by two signs.
///
/// Doubt: the entropy of the class probabilities, nats. Distance: the least squared Mahalanobis
/// distance to a class, with one covariance for all, over the first `axes_kept` principal axes
/// (Lee, Lee, Lee, Shin, "A simple unified framework for detecting out-of-distribution samples",
/// NeurIPS 2018; ours looks at pooled statistics and few axes). Each alone misses what the other
/// finds: doubt a photograph among painters, distance a painter between two schools.
///
/// Both become shares of known works, never learned from, that lie below, and are joined as
/// Fisher's method joins independent tests: -log(1 - share) - log(1 - share').
struct Outside {
  at::Tensor axes;       ///< D x K, from standardised rows, whitened within classes
  at::Tensor centres;    ///< C x K
  at::Tensor doubts;     ///< quantiles 0, 1 / (Q - 1), ... 1 of known works
  at::Tensor distances;  ///< the same
  double threshold = 0;  ///< of the joined sign: above, it is none of these

  static constexpr std::int64_t axes_kept = 64;
  static constexpr double false_alarms = 0.05;  ///< share of known works above the threshold
};

/// Axes and centres alone. `rows`: N x D float64, standardised; `classes`: N int64, all of 0 ..
/// count - 1 that there are; a class without works gets no centre.
[[nodiscard]] Outside fit_outside(const at::Tensor& rows, const at::Tensor& classes,
                                  std::int64_t count);

/// Entropy of each row of probabilities, N.
[[nodiscard]] at::Tensor doubts_of(const at::Tensor& probabilities);
/// Least squared distance of each standardised row to a centre, N.
[[nodiscard]] at::Tensor distances_of(const Outside& outside, const at::Tensor& rows);

/// Values at 0, 1 / 255, ... 1 of all.
[[nodiscard]] at::Tensor quantiles_of(const at::Tensor& values);
/// The joined sign of works from their doubts and distances and the quantiles of known ones, N.
[[nodiscard]] at::Tensor strangeness(const at::Tensor& doubts, const at::Tensor& distances,
                                     const at::Tensor& known_doubts,
                                     const at::Tensor& known_distances);
/// What the given share of known works lies above.
[[nodiscard]] double threshold_for(const at::Tensor& strangeness, double false_alarms);

}  // namespace atelier::appraise
