// SPDX-License-Identifier: Apache-2.0
#include "sequence/norm.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace atelier::sequence {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct RmsNorm : torch::autograd::Function<RmsNorm> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x) {
    constexpr double least = 1e-6;
    const at::Tensor inverse = at::linalg_vector_norm(x, 2, at::IntArrayRef{-1}, true)
                                   .square_()
                                   .div_(static_cast<double>(x.size(-1)))
                                   .add_(least)
                                   .rsqrt_();
    const at::Tensor y = x * inverse;
    context->save_for_backward({y, inverse});
    return y;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &by_y = gradients[0], &y = saved[0];
    const at::Tensor along = (by_y * y).mean(-1, /*keepdim=*/true);
    return {at::addcmul(by_y, y, along, -1).mul_(saved[1])};
  }
};

}  // namespace

at::Tensor rms_normalised(const at::Tensor& x) {
  return RmsNorm::apply(x);
}

}  // namespace atelier::sequence
