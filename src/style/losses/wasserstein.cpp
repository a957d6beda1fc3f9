// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <limits>

#include "atelier/base/error.hpp"
#include "style/losses/losses.hpp"

namespace atelier::style {
namespace {

/// Eigenvalues below this share of the greatest are rounding, not rank.
constexpr double rank_tolerance = 1e-12;

class WassersteinLoss final : public StyleLoss {
 public:
  WassersteinLoss(const Moments& target, Root root) : root_(root), mean_(target.mean) {
    trace_ = target.covariance.trace().item<double>();
    energy_ = std::max(trace_ + mean_.square().sum().item<double>(), 1e-12);
    damping_ = 0.01 * trace_ / static_cast<double>(mean_.size(0)) + 1e-12;
    const auto [values, vectors] = at::linalg_eigh(target.covariance);
    const auto rank = (values > rank_tolerance * values.max()).sum().item<std::int64_t>();
    const auto first = values.size(0) - rank;  // ascending
    factor_ = vectors.narrow(1, first, rank) * values.narrow(0, first, rank).sqrt();
  }

  Value operator()(const Moments& seen, bool with_derivatives) const override {
    if (with_derivatives && root_ == Root::exact) {
      fail(ErrorKind::internal,
           "the exact Wasserstein distance has no derivatives; optimise by the smooth one.");
    }
    const at::Tensor product = factor_.t().mm(seen.covariance).mm(factor_);
    const at::Tensor off = seen.mean - mean_;
    Value result;
    at::Tensor vectors, roots;
    double overlap = 0;
    if (!at::isfinite(product).all().item<bool>()) {
      overlap = std::numeric_limits<double>::quiet_NaN();  // the decomposition would throw
    } else if (product.numel() == 0) {
      overlap = 0;
    } else if (root_ == Root::exact) {
      overlap = at::linalg_eigvalsh(product).clamp_min(0).sqrt().sum().item<double>();
    } else {
      const auto [values, found] = at::linalg_eigh(product);
      roots = (values.clamp_min(0) + damping_ * damping_).sqrt();
      overlap = (roots - damping_).sum().item<double>();
      vectors = found;
    }
    const double distance = off.square().sum().item<double>() +
                            seen.covariance.trace().item<double>() + trace_ - 2 * overlap;
    result.value = distance / energy_;
    if (with_derivatives) {
      result.by_mean = off * (2 / energy_);
      result.by_covariance = at::eye(mean_.size(0), mean_.options()) / energy_;
      if (vectors.defined()) {
        // Of the sum of roots: F V diag(1 / (2 sqrt(v + d^2))) V^T F^T.
        const at::Tensor half = factor_.mm(vectors) * (1 / roots).sqrt();
        result.by_covariance -= half.mm(half.t()) / energy_;
      }
    }
    return result;
  }

 private:
  Root root_;
  at::Tensor mean_;
  double trace_ = 0, energy_ = 1, damping_ = 0;
  at::Tensor factor_;  ///< C x rank
};

}  // namespace

std::unique_ptr<StyleLoss> wasserstein_loss(const Moments& target, Root root) {
  return std::make_unique<WassersteinLoss>(target, root);
}

}  // namespace atelier::style
