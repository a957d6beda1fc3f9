// SPDX-License-Identifier: Apache-2.0
#include "fast/folded_network.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "fast/operations.hpp"

namespace atelier::fast {
namespace {

constexpr auto layout = at::MemoryFormat::ChannelsLast;

bool floats_here(const at::TensorOptions& options) {
  return options.device().is_cpu() && c10::typeMetaToScalarType(options.dtype()) == at::kFloat;
}

}  // namespace

FoldedNetwork::FoldedNetwork(const Architecture& architecture, const train::Parameters& parameters,
                             const Modulations& modulations, const LayerNorms& norms,
                             const ColourMap& colours, Engine engine)
    : architecture_(architecture), colours_(colours) {
  for (const Convolution& c : convolutions(architecture)) {
    const Filter bare = bare_filter(c, parameters, colours);
    if (c.name == "leave") {
      filters_[c.name] = bare;
      continue;
    }
    const auto& [mean, inverse] = norms.layers.at(c.name);
    const Filter map = style_map(modulations.at(c.name), mean, inverse);
    filters_[c.name] = folded(bare, map);
    // What lies beside is added before the map, which the filter's bias tells all of.
    if (c.name.starts_with("up_")) beside_[c.name] = {map.weight, at::zeros_like(map.bias)};
  }
  const at::TensorOptions there = parameters.values().options();
  if (engine == Engine::fastest && floats_here(there)) {
    engine_ = std::make_unique<PaintEngine>(architecture_, filters_, beside_, colours_);
    filters_.clear();
    beside_.clear();
    return;
  }
  for (auto& [name, filter] : filters_) {
    filter = {filter.weight.to(there).contiguous(layout), filter.bias.to(there)};
  }
  for (auto& [name, matrix] : beside_) {
    matrix.weight = matrix.weight.to(there).unsqueeze(2).unsqueeze(3);
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
  return sum.add_(at::conv2d(beside, beside_.at(name).weight)).relu_();
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
  if (!engine_) return paint_with_torch(photo);
  const at::Tensor seen = photo.contiguous(layout);
  if (seen.size(0) == 1) return engine_->paint(seen);
  std::vector<at::Tensor> painted;
  for (std::int64_t i = 0; i < seen.size(0); ++i) {
    painted.push_back(engine_->paint(seen.narrow(0, i, 1)));
  }
  return at::cat(painted);
}

at::Tensor FoldedNetwork::paint_with_torch(const at::Tensor& photo) const {
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
  return convolve("leave", last).add_(apply(colours_, photo.narrow(1, 0, 3)));
}

}  // namespace atelier::fast
