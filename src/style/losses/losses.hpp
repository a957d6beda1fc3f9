// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string_view>

#include "style/losses/statistics.hpp"

namespace atelier::style {

/// A term that compares a layer's moments with a style's, fixed at construction. Zero at the
/// target.
class StyleLoss {
 public:
  virtual ~StyleLoss() = default;

  struct Value {
    double value = 0;
    at::Tensor by_mean;        ///< derivative with respect to the mean: C
    at::Tensor by_covariance;  ///< ... and to the covariance: C x C, symmetric
  };
  /// Derivatives only when asked for; tensors are double, on the device of `seen`.
  [[nodiscard]] virtual Value operator()(const Moments& seen, bool with_derivatives) const = 0;
};

/// |G - Gs|^2 / |Gs|^2 (Frobenius) of Gram matrices. Source: Gatys 2016, eq. 4; the division is
/// ours.
[[nodiscard]] std::unique_ptr<StyleLoss> gram_loss(const Moments& target);

/// How the square root of an eigenvalue is taken.
enum class Root {
  exact,   ///< for measuring; Error internal when asked for derivatives, which it has not
  smooth,  ///< for optimising: has a gradient where the covariance has no full rank
};

/// Squared 2-Wasserstein distance between the Gaussians that have the activations' mean and
/// covariance:
///   (|m - ms|^2 + tr(C) + tr(Cs) - 2 tr((Cs^1/2 C Cs^1/2)^1/2)) / (tr Cs + |ms|^2).
///
/// Source: Olkin, Pukelsheim, "The distance between two random vectors with given dispersion
/// matrices", Linear Algebra and its Applications 48 (1982); as a style loss in
/// crowsonkb/style-transfer-pytorch. Differs: divided by the style's second moment; Cs^1/2 is
/// replaced by F with F F^T = Cs, as many columns as Cs has rank, which leaves the other
/// eigenvalues as they are and the matrix smaller. Root::smooth takes sqrt(v + d^2) - d of an
/// eigenvalue v with d = 0.01 tr(Cs) / C; its value and gradient agree exactly, and it exceeds the
/// exact distance by 2 d an eigenvalue at most, 2 % of tr Cs in all.
[[nodiscard]] std::unique_ptr<StyleLoss> wasserstein_loss(const Moments& target, Root root);

/// `name`: "gram" or "wasserstein".
[[nodiscard]] std::unique_ptr<StyleLoss> style_loss(std::string_view name, const Moments& target);

}  // namespace atelier::style
