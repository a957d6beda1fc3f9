// SPDX-License-Identifier: Apache-2.0
#include "style/losses/statistics.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"

#include "tensor/activations.hpp"

namespace atelier::style {

Region whole(const at::Tensor& features) {
  return {0, 0, static_cast<int>(features.size(2)), static_cast<int>(features.size(3))};
}

at::Tensor positions(const at::Tensor& features, const Region& r) {
  const at::Tensor part =
      features.narrow(2, r.top, r.bottom - r.top).narrow(3, r.left, r.right - r.left);
  // Channels-last activations become n x C by a view alone; its transpose needs no copy either.
  return part.permute({0, 2, 3, 1}).reshape({-1, features.size(1)}).t();
}

at::Tensor gram_matrix(const Moments& m) {
  return m.covariance + m.mean.outer(m.mean);
}

tensor::PositionWeights position_weights(const at::Tensor& weights) {
  if (!weights.defined()) return {};
  const bool fits = weights.device().is_cpu() && weights.scalar_type() == at::kFloat &&
                    (weights.size(3) == 1 || weights.stride(3) == 1);
  if (!fits) fail(ErrorKind::internal, "weights of positions are not rows of floats.");
  return {weights.data_ptr<float>(), static_cast<std::size_t>(weights.stride(2))};
}

void MomentSums::add(const at::Tensor& features, const Region& region, const at::Tensor& weights) {
  if (region.positions() == 0) return;
  if (!near_.defined()) near_ = style::positions(features, region).mean(1);
  near_ = near_.to(features.scalar_type()).to(at::kDouble);  // as it is subtracted
  if (const auto activations = tensor::as_activations(features)) {
    if (!fast_) {
      const at::Tensor shift = near_.to(at::kCPU, at::kFloat).contiguous();
      const auto* first = shift.data_ptr<float>();
      fast_ =
          std::make_shared<tensor::ShiftedSums>(std::vector<float>(first, first + shift.numel()));
    }
    tensor::add_positions(*activations, region, *fast_, position_weights(weights));
    return;
  }
  const at::Tensor shifted =
      style::positions(features, region) - near_.to(features.options()).unsqueeze(1);
  if (weights.defined()) {
    const at::Tensor weighted = shifted * weights.to(features.options()).reshape({1, -1});
    positions_ += weights.sum(at::kDouble).item<double>();
    add_sums(weighted.sum(1).to(at::kDouble), weighted.mm(shifted.t()).to(at::kDouble));
  } else {
    positions_ += static_cast<double>(region.positions());
    add_sums(shifted.sum(1).to(at::kDouble), shifted.mm(shifted.t()).to(at::kDouble));
  }
}

void MomentSums::add_sums(const at::Tensor& sum, const at::Tensor& product) {
  sum_ = sum_.defined() ? sum_ + sum : sum;
  product_ = product_.defined() ? product_ + product : product;
}

Moments MomentSums::moments() const {
  MomentSums all = *this;
  if (fast_) {
    const auto channels = static_cast<std::int64_t>(fast_->sum.size());
    all.add_sums(at::tensor(fast_->sum, at::kDouble),
                 at::tensor(fast_->product, at::kDouble).view({channels, channels}));
  }
  const double count = positions();
  const at::Tensor off = all.sum_ / count;
  return {near_.to(off.options()) + off, all.product_ / count - off.outer(off), count};
}

Moments moments(const at::Tensor& features) {
  MomentSums sums;
  sums.add(features, whole(features));
  return sums.moments();
}

}  // namespace atelier::style
