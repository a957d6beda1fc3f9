// SPDX-License-Identifier: Apache-2.0
#include "gan/losses.hpp"

#include <ATen/ATen.h>

namespace atelier::gan {

at::Tensor critic_loss(Loss loss, const std::vector<at::Tensor>& of_pictures,
                       const std::vector<at::Tensor>& of_painted) {
  at::Tensor sum;
  for (std::size_t i = 0; i < of_pictures.size(); ++i) {
    const at::Tensor one =
        loss == Loss::logarithmic
            ? at::softplus(-of_pictures[i]).mean() + at::softplus(of_painted[i]).mean()
            : (1 - of_pictures[i]).relu().mean() + (1 + of_painted[i]).relu().mean();
    sum = sum.defined() ? sum + one : one;
  }
  return sum;
}

at::Tensor painter_loss(Loss loss, const std::vector<at::Tensor>& of_painted) {
  at::Tensor sum;
  for (const at::Tensor& verdict : of_painted) {
    const at::Tensor one =
        loss == Loss::logarithmic ? at::softplus(-verdict).mean() : -verdict.mean();
    sum = sum.defined() ? sum + one : one;
  }
  return sum;
}

}  // namespace atelier::gan
