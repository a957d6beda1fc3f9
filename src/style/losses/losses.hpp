// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string_view>

namespace atelier::style {

/// One term on one layer's activations, against a target fixed at construction. Zero at the target.
/// operator() takes 1 x C x H x W, any H and W, and returns a differentiable scalar.
class LayerLoss {
 public:
  virtual ~LayerLoss() = default;
  [[nodiscard]] virtual at::Tensor operator()(const at::Tensor& features) const = 0;
};

/// mean (F - Fc)^2 / mean Fc^2: the squared error of activations relative to the content's own
/// energy. Source: Gatys 2016, eq. 1; the division is ours. H and W must be the target's.
[[nodiscard]] std::unique_ptr<LayerLoss> content_loss(const at::Tensor& target);

/// |G - Gs|^2 / |Gs|^2 (Frobenius) of Gram matrices. Source: Gatys 2016, eq. 4; the division is
/// ours.
[[nodiscard]] std::unique_ptr<LayerLoss> gram_loss(const at::Tensor& target);

/// How the square root of an eigenvalue is taken.
enum class Root {
  exact,   ///< for measuring
  smooth,  ///< for optimising: has a gradient where the covariance has no full rank
};

/// Squared 2-Wasserstein distance between the Gaussians that have the activations' mean and
/// covariance:
///   (|m - ms|^2 + tr(C) + tr(Cs) - 2 tr((Cs^1/2 C Cs^1/2)^1/2)) / (tr Cs + |ms|^2).
///
/// Source: Olkin, Pukelsheim, "The distance between two random vectors with given dispersion
/// matrices", Linear Algebra and its Applications 48 (1982); as a style loss in
/// crowsonkb/style-transfer-pytorch. Differs: divided by the style's second moment. Root::smooth
/// takes sqrt(v + d^2) - d of an eigenvalue v with d = 0.01 tr(Cs) / C; its value and gradient
/// agree exactly, and it exceeds the exact distance by 2 d an eigenvalue at most, 2 % of tr Cs in
/// all. Eigenvalues are computed in double.
[[nodiscard]] std::unique_ptr<LayerLoss> wasserstein_loss(const at::Tensor& target, Root root);

/// `name`: "gram" or "wasserstein".
[[nodiscard]] std::unique_ptr<LayerLoss> style_loss(std::string_view name,
                                                    const at::Tensor& target);

/// Squared differences of neighbouring values, summed over the picture, by the number of values.
/// `rgb`: 1 x 3 x H x W. Source: squared form of Rudin, Osher, Fatemi, Physica D 60 (1992).
[[nodiscard]] at::Tensor total_variation(const at::Tensor& rgb);

}  // namespace atelier::style
