// SPDX-License-Identifier: Apache-2.0
#include "fast/operations.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace atelier::fast {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto layout = at::MemoryFormat::ChannelsLast;

at::Tensor padded(const at::Tensor& x) {
  const std::int64_t h = x.size(2), w = x.size(3);
  const at::Tensor rows = at::cat({x.narrow(2, 1, 1), x, x.narrow(2, h - 2, 1)}, 2);
  return at::cat({rows.narrow(3, 1, 1), rows, rows.narrow(3, w - 2, 1)}, 3).contiguous(layout);
}

struct Reflected : torch::autograd::Function<Reflected> {
  static at::Tensor forward(AutogradContext*, const at::Tensor& x) { return padded(x); }

  static variable_list backward(AutogradContext*, const variable_list& gradients) {
    const at::Tensor& g = gradients[0];
    const std::int64_t h = g.size(2) - 2, w = g.size(3) - 2;
    at::Tensor rows = g.narrow(2, 1, h).clone(layout);
    rows.narrow(2, 1, 1).add_(g.narrow(2, 0, 1));
    rows.narrow(2, h - 2, 1).add_(g.narrow(2, h + 1, 1));
    at::Tensor inner = rows.narrow(3, 1, w).contiguous(layout);
    inner.narrow(3, 1, 1).add_(rows.narrow(3, 0, 1));
    inner.narrow(3, w - 2, 1).add_(rows.narrow(3, w + 1, 1));
    return {inner};
  }
};

at::Tensor as_map(const at::Tensor& x) {  // N x C to N x C x 1 x 1
  return x.unsqueeze(2).unsqueeze(3);
}

struct Normalised : torch::autograd::Function<Normalised> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& mean,
                            const at::Tensor& inverse, const at::Tensor& scale,
                            const at::Tensor& shift) {
    context->save_for_backward({x, mean, inverse, scale});
    return affine(x, mean, inverse, scale, shift);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &mean = saved[1], &inverse = saved[2], &scale = saved[3];
    const at::Tensor g = gradients[0].contiguous(layout);
    // With y = (x - mean) inverse: dL/dscale = sum g y, dL/dshift = sum g, and
    // dL/dx = scale inverse (g - mean g - y mean (g y)).
    const at::Tensor g_mean = g.mean({2, 3}, true);
    const at::Tensor gy_mean = ((g * x).mean({2, 3}, true) - g_mean * mean) * inverse;
    const at::Tensor factor = as_map(scale) * inverse;
    const at::Tensor by_x = factor * inverse * gy_mean;
    at::Tensor dx = at::addcmul(by_x * mean - factor * g_mean, g, factor);
    dx.addcmul_(x, by_x, -1);
    const auto positions = static_cast<double>(x.size(2) * x.size(3));
    return {dx, at::Tensor(), at::Tensor(), (gy_mean * positions).flatten(1),
            (g_mean * positions).flatten(1)};
  }
};

}  // namespace

at::Tensor reflected(const at::Tensor& x) {
  return Reflected::apply(x);
}

at::Tensor twice_as_large(const at::Tensor& x) {
  return at::upsample_bilinear2d(x, {2 * x.size(2), 2 * x.size(3)}, /*align_corners=*/false);
}

std::pair<at::Tensor, at::Tensor> norm_of(const at::Tensor& x) {
  const at::NoGradGuard no_gradient;
  if (x.is_cuda()) {  // one kernel; on processors two passes are faster
    const auto [variance, mean] = at::var_mean(x, {2, 3}, /*unbiased=*/false, /*keepdim=*/true);
    return {mean, (variance + least_variance).rsqrt_()};
  }
  const at::Tensor mean = x.mean({2, 3}, true);
  return {mean, (x - mean).square_().mean({2, 3}, true).add_(least_variance).rsqrt_()};
}

at::Tensor affine(const at::Tensor& x, const at::Tensor& mean, const at::Tensor& inverse,
                  const at::Tensor& scale, const at::Tensor& shift) {
  const at::Tensor factor = as_map(scale) * inverse;
  return at::addcmul(as_map(shift) - mean * factor, x, factor);
}

at::Tensor normalised(const at::Tensor& x, const at::Tensor& mean, const at::Tensor& inverse,
                      const at::Tensor& scale, const at::Tensor& shift) {
  return Normalised::apply(x, mean, inverse, scale, shift);
}

}  // namespace atelier::fast
