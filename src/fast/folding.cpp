// SPDX-License-Identifier: Apache-2.0
#include "fast/folding.hpp"

#include <ATen/ATen.h>

namespace atelier::fast {
namespace {

at::Tensor here(const at::Tensor& t) {
  return t.detach().to(at::kCPU, at::kDouble);
}

/// Of 6 input values (p, m) - 0.5 times 4, where m = T p + o, as a function of the 3 values p: adds
/// what is constant to `constant`.
at::Tensor of_photo(const at::Tensor& weight, const ColourMap& colours, at::Tensor& constant) {
  const at::Tensor matrix =
      at::tensor(at::ArrayRef<double>(colours.matrix.data(), 9), at::kDouble).view({3, 3});
  const at::Tensor offset = at::tensor(at::ArrayRef<double>(colours.offset.data(), 3), at::kDouble);
  const at::Tensor by_photo = weight.narrow(1, 0, 3), by_moved = weight.narrow(1, 3, 3);
  constant += 4 * (by_photo.sum({2, 3}) * -0.5).sum(1);
  constant += 4 * by_moved.sum({2, 3}).mv(offset - 0.5);
  return 4 * (by_photo + at::einsum("omhw,mp->ophw", {by_moved, matrix}));
}

}  // namespace

Filter bare_filter(const Convolution& convolution, const train::Parameters& parameters,
                   const ColourMap& colours) {
  const at::NoGradGuard no_gradient;
  Filter filter{here(parameters[convolution.name + ".weight"]),
                at::zeros({convolution.outputs}, at::kDouble)};
  if (convolution.name == "leave") {
    filter = {painted_share * filter.weight, painted_share * here(parameters["leave.bias"])};
  }
  if (convolution.name == "enter") {
    const at::Tensor of_grain = filter.weight.narrow(1, 6, convolution.inputs - 6);
    const at::Tensor of_colours = of_photo(filter.weight.narrow(1, 0, 6), colours, filter.bias);
    filter.weight = at::cat({of_colours, of_grain}, 1).contiguous();
  }
  return filter;
}

Filter style_map(const Modulation& style, const at::Tensor& mean, const at::Tensor& inverse) {
  const at::NoGradGuard no_gradient;
  at::Tensor matrix = at::diag(here(inverse).flatten());
  if (style.mix.defined()) matrix = here(style.mix)[0].mm(matrix);
  matrix = (here(style.scale)[0].unsqueeze(1) * matrix).contiguous();
  return {matrix, here(style.shift)[0] - matrix.mv(here(mean).flatten())};
}

Filter folded(const Filter& bare, const Filter& map) {
  const at::NoGradGuard no_gradient;
  return {map.weight.mm(bare.weight.flatten(1)).view(bare.weight.sizes()),
          map.weight.mv(bare.bias) + map.bias};
}

}  // namespace atelier::fast
