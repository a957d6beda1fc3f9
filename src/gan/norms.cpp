// SPDX-License-Identifier: Apache-2.0
#include "gan/norms.hpp"

#include <ATen/ATen.h>

#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::gan {
namespace {

at::Tensor normalised_together(const at::Tensor& x) {
  return at::batch_norm(x, {}, {}, {}, {}, /*training=*/true, /*momentum=*/0, least_variance,
                        /*cudnn_enabled=*/true);
}

}  // namespace

void NormSums::add(const std::string& layer, const at::Tensor& x) {
  const at::NoGradGuard no_gradient;
  const at::Tensor wide = x.detach().to(at::kDouble);
  const at::Tensor mean = wide.mean({0, 2, 3}), square = wide.square().mean({0, 2, 3});
  Sums& sums = sums_[layer];
  sums.mean = sums.batches == 0 ? mean : sums.mean + mean;
  sums.square = sums.batches == 0 ? square : sums.square + square;
  ++sums.batches;
}

Norms NormSums::norms() const {
  Norms norms;
  for (const auto& [layer, sums] : sums_) {
    const auto n = static_cast<double>(sums.batches);
    const at::Tensor mean = sums.mean / n;
    const at::Tensor variance = (sums.square / n - mean.square()).clamp_min(0);
    norms[layer] = {mean.to(at::kFloat), (variance + least_variance).rsqrt().to(at::kFloat)};
  }
  return norms;
}

at::Tensor Normaliser::operator()(const std::string& layer, const at::Tensor& x) const {
  if (seen != nullptr) seen->add(layer, x);
  if (given != nullptr) {
    const auto found = given->find(layer);
    if (found == given->end()) fail(ErrorKind::internal, "layer {} has no norm.", layer);
    const auto as_map = [&](const at::Tensor& t) { return t.to(x.options()).view({1, -1, 1, 1}); };
    return (x - as_map(found->second.first)) * as_map(found->second.second);
  }
  const std::int64_t count = x.size(0);
  if (count % group != 0) {
    fail(ErrorKind::internal, "{} pictures cannot be normalised {} at a time.", count, group);
  }
  if (count == group) return normalised_together(x);
  std::vector<at::Tensor> parts;
  for (std::int64_t i = 0; i < count; i += group) {
    parts.push_back(normalised_together(x.narrow(0, i, group)));
  }
  return at::cat(parts);
}

}  // namespace atelier::gan
