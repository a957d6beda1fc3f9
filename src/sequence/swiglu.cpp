// SPDX-License-Identifier: Apache-2.0
#include "sequence/swiglu.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace atelier::sequence {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct SwiGlu : torch::autograd::Function<SwiGlu> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x) {
    context->save_for_backward({x});
    const std::vector<at::Tensor> halves = x.chunk(2, -1);
    return at::silu(halves[0]).mul_(halves[1]);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const at::Tensor &by_y = gradients[0], x = context->get_saved_variables()[0];
    const std::vector<at::Tensor> halves = x.chunk(2, -1);
    const at::Tensor by_x = at::empty_like(x);
    const std::vector<at::Tensor> by = by_x.chunk(2, -1);
    at::Tensor by_up = by[1];
    at::mul_out(by_up, by_y, at::silu(halves[0]));
    by[0].copy_(at::silu_backward(by_y * halves[1], halves[0]));
    return {by_x};
  }
};

}  // namespace

at::Tensor swiglu(const at::Tensor& x) {
  return SwiGlu::apply(x);
}

}  // namespace atelier::sequence
