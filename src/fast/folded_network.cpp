// SPDX-License-Identifier: Apache-2.0
#include "fast/folded_network.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "fast/operations.hpp"

namespace atelier::fast {
namespace {

constexpr auto layout = at::MemoryFormat::ChannelsLast;

at::Tensor matrix_of(const ColourMap& map) {
  return at::tensor(at::ArrayRef<double>(map.matrix.data(), 9), at::kDouble).view({3, 3});
}

at::Tensor offset_of(const ColourMap& map) {
  return at::tensor(at::ArrayRef<double>(map.offset.data(), 3), at::kDouble);
}

/// Of 6 input values (p, m) - 0.5 times 4, where m = T p + o, as a function of the 3 values p: adds
/// what is constant to `constant`.
at::Tensor of_photo(const at::Tensor& weight, const ColourMap& colours, at::Tensor& constant) {
  const at::Tensor by_photo = weight.narrow(1, 0, 3), by_moved = weight.narrow(1, 3, 3);
  const at::Tensor matrix = matrix_of(colours), offset = offset_of(colours);
  constant += 4 * (by_photo.sum({2, 3}) * -0.5).sum(1);
  constant += 4 * by_moved.sum({2, 3}).mv(offset - 0.5);
  return 4 * (by_photo + at::einsum("omhw,mp->ophw", {by_moved, matrix}));
}

}  // namespace

FoldedNetwork::FoldedNetwork(const Architecture& architecture, const train::Parameters& parameters,
                             const Modulations& modulations, const LayerNorms& norms,
                             const ColourMap& colours)
    : architecture_(architecture), colours_(colours) {
  const at::NoGradGuard no_gradient;
  const auto here = [](const at::Tensor& t) { return t.detach().to(at::kCPU, at::kDouble); };
  const at::TensorOptions there = parameters.values().options();
  for (const Convolution& c : convolutions(architecture)) {
    at::Tensor weight = here(parameters[c.name + ".weight"]);
    at::Tensor constant = at::zeros({c.outputs}, at::kDouble);
    if (c.name == "enter") weight = of_photo(weight, colours, constant);
    Filter filter;
    if (c.name == "leave") {
      filter = {weight, here(parameters[c.name + ".bias"]), {}};
    } else {
      const Modulation& style = modulations.at(c.name);
      const auto& [mean, inverse] = norms.layers.at(c.name);
      // diag(scale) mix diag(inverse) (x - mean) + shift
      at::Tensor matrix = at::diag(here(inverse).flatten());
      if (style.mix.defined()) matrix = here(style.mix)[0].mm(matrix);
      matrix = here(style.scale)[0].unsqueeze(1) * matrix;
      filter.weight = matrix.mm(weight.flatten(1)).view(weight.sizes());
      filter.bias = matrix.mv(constant - here(mean).flatten()) + here(style.shift)[0];
      if (c.name.starts_with("up_")) filter.beside = matrix.unsqueeze(2).unsqueeze(3);
    }
    filter.weight = filter.weight.to(there).contiguous(layout);
    filter.bias = filter.bias.to(there);
    if (filter.beside.defined()) filter.beside = filter.beside.to(there);
    filters_[c.name] = std::move(filter);
  }
}

at::Tensor FoldedNetwork::convolve(const std::string& name, const at::Tensor& x) const {
  const Filter& filter = filters_.at(name);
  return at::conv2d(reflected(x), filter.weight, filter.bias, filter.weight.size(2) == 4 ? 2 : 1);
}

at::Tensor FoldedNetwork::layer(const std::string& name, const at::Tensor& x) const {
  return convolve(name, x).relu_();
}

at::Tensor FoldedNetwork::up(const std::string& name, const at::Tensor& below,
                             const at::Tensor& beside) const {
  const at::Tensor larger = twice_as_large(below);
  at::Tensor sum = convolve(name, larger);
  return sum.add_(at::conv2d(beside, filters_.at(name).beside)).relu_();
}

at::Tensor FoldedNetwork::blocks(const char* name, std::int64_t count, at::Tensor x) const {
  for (std::int64_t i = 0; i < count; ++i) {
    const at::Tensor inside = layer(fmt::format("{}{}.first", name, i), x);
    x = convolve(fmt::format("{}{}.second", name, i), inside).add_(x);
  }
  return x;
}

at::Tensor FoldedNetwork::paint(const at::Tensor& photo) const {
  const at::NoGradGuard no_gradient;
  const at::Tensor full = layer("enter", photo);
  const at::Tensor half = layer("to_half", full);
  const at::Tensor quarter =
      blocks("quarter", architecture_.quarter_blocks, layer("to_quarter", half));
  const at::Tensor eighth =
      blocks("eighth", architecture_.eighth_blocks, layer("to_eighth", quarter));
  const at::Tensor late =
      blocks("late", architecture_.late_blocks, up("up_quarter", eighth, quarter));
  const at::Tensor fine = blocks("fine", architecture_.fine_blocks, up("up_half", late, half));
  const at::Tensor last = up("up_full", fine, full);
  const at::Tensor base = apply(colours_, at::avg_pool2d(photo, {4, 4}));
  return convolve("leave", last)
      .add_(
          at::upsample_bilinear2d(base.contiguous(layout), {photo.size(2), photo.size(3)}, false));
}

}  // namespace atelier::fast
