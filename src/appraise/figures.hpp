// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace atelier::appraise {

/// How many works of class r (row) were called c (column): C x C int64.
[[nodiscard]] at::Tensor confusion(const at::Tensor& classes, const at::Tensor& called,
                                   std::int64_t count);

/// Of a confusion matrix: works called right, over all; 0 where there are none.
[[nodiscard]] double accuracy_of(const at::Tensor& matrix);

/// Of a confusion matrix: F1 = 2 right / (works of the class + works called so), for each class; 0
/// where there is neither.
[[nodiscard]] std::vector<double> f1_of(const at::Tensor& matrix);

/// Spearman's rank correlation; equal values share their mean rank. 0 where either side is
/// constant.
[[nodiscard]] double rank_correlation(std::span<const double> a, std::span<const double> b);

struct Interval {
  double low = 0, high = 0;
};

/// What 95 % of rank correlations lie in when groups are drawn anew with replacement, `draws`
/// times: works of one artist are not independent, so artists are drawn, not works. Source: Efron,
/// "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979; percentiles.
/// `groups`: a number for each work.
[[nodiscard]] Interval rank_correlation_interval(std::span<const double> a,
                                                 std::span<const double> b,
                                                 std::span<const std::size_t> groups, int draws,
                                                 std::uint64_t seed);

/// Area under the curve of true against false alarms (Mann, Whitney 1947): the chance that a number
/// of `inside` is below one of `outside`, ties counted half.
[[nodiscard]] double area_under_curve(std::span<const double> inside,
                                      std::span<const double> outside);

}  // namespace atelier::appraise
