// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <tuple>

#include "style/losses/losses.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::style {
namespace {

/// Sum over eigenvalues v of a symmetric positive matrix of sqrt(v + d^2) - d, with one
/// decomposition for value and gradient: V diag(1 / (2 sqrt(v + d^2))) V^T.
class TraceRoot : public torch::autograd::Function<TraceRoot> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& matrix,
                            double d) {
    const at::Tensor symmetric = matrix.detach();
    auto [values, vectors] = at::linalg_eigh(0.5 * (symmetric + symmetric.t()));
    const at::Tensor roots = (values.clamp_min(0) + d * d).sqrt();
    context->save_for_backward({vectors, roots});
    return (roots - d).sum();
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& vectors = saved[0];
    const at::Tensor gradient = (vectors * (0.5 / saved[1])).mm(vectors.t());
    return {gradient * gradients[0], at::Tensor()};
  }
};

class WassersteinLoss final : public LayerLoss {
 public:
  WassersteinLoss(const at::Tensor& target, Root root) : root_(root) {
    Moments m = moments(target.detach());
    mean_ = m.mean;
    trace_ = m.covariance.trace();
    energy_ = (trace_ + mean_.square().sum()).clamp_min(1e-12);
    const auto [values, vectors] = at::linalg_eigh(m.covariance.to(at::kDouble));
    covariance_root_ = (vectors * values.clamp_min(0).sqrt()).mm(vectors.t());
    damping_ = 0.01 * trace_.item<double>() / static_cast<double>(mean_.size(0)) + 1e-12;
  }

  at::Tensor operator()(const at::Tensor& features) const override {
    const at::Tensor f = positions(features);
    const at::Tensor mean = f.mean(1);
    const at::Tensor centred = f - mean.unsqueeze(1);
    const auto n = static_cast<double>(f.size(1));
    at::Tensor trace, product;
    if (f.size(1) < f.size(0)) {
      // Fewer positions than channels: X^T Cs X has the same eigenvalues but for zeros, and is
      // smaller.
      trace = centred.square().sum() / n;
      const at::Tensor rooted = covariance_root_.mm(centred.to(at::kDouble));
      product = rooted.t().mm(rooted) / n;
    } else {
      const at::Tensor covariance = centred.mm(centred.t()) / n;
      trace = covariance.trace();
      product = covariance_root_.mm(covariance.to(at::kDouble)).mm(covariance_root_);
    }
    const at::Tensor distance = (mean - mean_).square().sum() + trace + trace_ -
                                2.0 * trace_root(product).to(f.scalar_type());
    return distance / energy_;
  }

 private:
  [[nodiscard]] at::Tensor trace_root(const at::Tensor& product) const {
    if (root_ == Root::smooth) return TraceRoot::apply(product, damping_);
    return at::linalg_eigvalsh(product).clamp_min(0).sqrt().sum();
  }

  Root root_;
  at::Tensor mean_, trace_, energy_;
  // Double, as the product with it: rounding it would drown the small eigenvalues, whose roots
  // count most.
  at::Tensor covariance_root_;
  double damping_ = 0;
};

}  // namespace

std::unique_ptr<LayerLoss> wasserstein_loss(const at::Tensor& target, Root root) {
  return std::make_unique<WassersteinLoss>(target, root);
}

}  // namespace atelier::style
