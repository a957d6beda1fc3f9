// SPDX-License-Identifier: Apache-2.0
#include "style/losses/statistics.hpp"

#include <ATen/ATen.h>

namespace atelier::style {

at::Tensor positions(const at::Tensor& features) {
  // Channels-last activations become n x C by a view alone; its transpose needs no copy either.
  return features.permute({0, 2, 3, 1}).reshape({-1, features.size(1)}).t();
}

at::Tensor gram_matrix(const at::Tensor& features) {
  const at::Tensor f = positions(features);
  return f.mm(f.t()) / f.size(1);
}

Moments moments(const at::Tensor& features) {
  const at::Tensor f = positions(features);
  const at::Tensor mean = f.mean(1);
  const at::Tensor centred = f - mean.unsqueeze(1);
  return {mean, centred.mm(centred.t()) / f.size(1)};
}

}  // namespace atelier::style
