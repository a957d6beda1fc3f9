// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "style/losses/statistics.hpp"

namespace atelier::style {

/// How the activations of each channel of a layer are distributed. Values fall into bins from 0 to
/// a limit of the channel's own, shared by the two bins whose middles they lie between, so that
/// shares change smoothly with values; what is greater counts in the last bin.
class Histogram {
 public:
  static constexpr int bins = 128;

  /// `limits`: the greatest value of each channel that is told apart, above 0.
  explicit Histogram(std::vector<double> limits);

  /// Adds the positions of `region` of 1 x C x H x W, each by its weight (1 x 1 x H x W of the
  /// region; undefined: 1).
  void add(const at::Tensor& features, const Region& region, const at::Tensor& weights = {});

  /// Shares of at most a bin's middle, C x bins, after everything was added.
  [[nodiscard]] std::vector<double> cumulative() const;
  [[nodiscard]] double positions() const noexcept { return positions_; }
  [[nodiscard]] const std::vector<double>& limits() const noexcept { return limits_; }

 private:
  std::vector<double> limits_, sums_;
  double positions_ = 0;
};

/// The squared difference between the cumulative histograms of a layer's channels and those of a
/// style, summed over values, relative to how much the style's own values differ:
///   sum_c sum_k (F_ck - S_ck)^2 d_c / sum_c sum_k S_ck (1 - S_ck) d_c.
/// 0 where every channel is distributed as in the style. Gram matrices alone let a channel be weak
/// everywhere, or strong in dots, as long as the mean of squares is right.
///
/// Source: Risser, Wilmot, Barnes, "Stable and Controllable Neural Texture Synthesis and Style
/// Transfer Using Histogram Losses", 2017. Differs: they compare activations with activations
/// remapped to the style's histogram; this is Cramer's distance (1928) between the histograms,
/// which has the same zero, and a derivative that is exact without sorting: d/df = -2 (F(f) - S(f))
/// / n between two bins.
class HistogramLoss {
 public:
  explicit HistogramLoss(const Histogram& style);

  struct Value {
    double value = 0;
    std::vector<float>
        slopes;  ///< C x bins: derivative by a value between bins k and k + 1, times n
  };
  [[nodiscard]] Value operator()(const Histogram& seen) const;

  /// Adds weight_p * slope(f_p) to `gradient` (1 x C x h x w), positions of `region`.
  static void add_gradient(const at::Tensor& features, const Region& region,
                           const std::vector<double>& limits, const std::vector<float>& slopes,
                           double factor, const at::Tensor& weights, at::Tensor& gradient);

 private:
  std::vector<double> limits_, target_;
  double spread_ = 1;
};

}  // namespace atelier::style
