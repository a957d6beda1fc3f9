// SPDX-License-Identifier: Apache-2.0
#include "fast/network.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "fast/operations.hpp"

namespace atelier::fast {
namespace {

/// Reflected beyond the border, without repeating its last row.
at::Tensor convolve(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                    std::optional<at::ScalarType> precision) {
  const std::int64_t stride = weight.size(2) == 4 ? 2 : 1;
  if (!precision) return at::conv2d(reflected(x), weight, bias, stride);
  const at::Tensor product =
      at::conv2d(reflected(x.to(*precision)), weight.to(*precision), {}, stride)
          .to(x.scalar_type());
  return bias.defined() ? product + bias.view({1, -1, 1, 1}) : product;
}

}  // namespace

/// One picture's way through the network.
struct Network::Way {
  const train::Parameters& parameters;
  std::optional<at::ScalarType> precision;
  const Modulations& modulations;
  const LayerNorms* given;
  LayerNorms* seen;

  at::Tensor convolution(const std::string& name, const at::Tensor& x) const {
    return convolve(x, parameters[name + ".weight"], {}, precision);
  }

  at::Tensor styled(const std::string& name, const at::Tensor& x) const {
    at::Tensor mean, inverse;
    if (given) {
      std::tie(mean, inverse) = given->layers.at(name);
    } else {
      std::tie(mean, inverse) = norm_of(x);
    }
    if (seen) seen->layers[name] = {mean, inverse};
    const Modulation& style = modulations.at(name);
    const auto norm = [&](const at::Tensor& scale, const at::Tensor& shift) {
      return (given ? affine : normalised)(x, mean, inverse, scale, shift);
    };
    if (!style.mix.defined()) return norm(style.scale, style.shift);
    // diag(scale) mix y + shift, as one product with a matrix.
    const at::Tensor y = norm(at::ones_like(style.scale), at::zeros_like(style.shift));
    const at::Tensor matrix = style.scale.unsqueeze(2) * style.mix;
    const at::Tensor rows = y.permute({0, 2, 3, 1}).reshape({x.size(0), -1, x.size(1)});
    const at::Tensor mixed = at::baddbmm(style.shift.unsqueeze(1), rows, matrix.transpose(1, 2));
    return mixed.view({x.size(0), x.size(2), x.size(3), x.size(1)}).permute({0, 3, 1, 2});
  }

  at::Tensor layer(const std::string& name, const at::Tensor& x) const {
    return styled(name, convolution(name, x)).relu_();
  }

  at::Tensor blocks(const char* name, std::int64_t count, at::Tensor x) const {
    for (std::int64_t i = 0; i < count; ++i) {
      const std::string first = fmt::format("{}{}.first", name, i);
      const std::string second = fmt::format("{}{}.second", name, i);
      x = x + styled(second, convolution(second, layer(first, x)));
    }
    return x;
  }

  /// The way up: what lies below, enlarged, and what was seen at this resolution on the way down.
  at::Tensor up(const std::string& name, const at::Tensor& below, const at::Tensor& beside) const {
    return styled(name, convolution(name, twice_as_large(below)) + beside).relu_();
  }
};

/// What the way down leaves at each resolution; the eighth before its normalisation.
struct Network::Seen {
  at::Tensor full, half, quarter, eighth;
};

Network::Network(const Architecture& architecture, const train::Parameters& parameters,
                 std::optional<at::ScalarType> precision)
    : architecture_(architecture), parameters_(parameters), precision_(precision) {}

at::Tensor Network::code(const at::Tensor& levels,
                         const std::map<std::string, at::Tensor>& correlations) const {
  std::vector<at::Tensor> known{levels};
  const std::int64_t n = architecture_.projections;
  const at::Tensor upper = at::triu_indices(n, n, 0, levels.options().dtype(at::kLong));
  for (const StyleLayer& layer : style_layers()) {
    const at::Tensor& project = parameters_[fmt::format("code.project_{}", layer.name)];
    const at::Tensor projected =
        project.t().matmul(correlations.at(layer.name)).matmul(project);  // N x n x n
    known.push_back(projected.index({at::indexing::Slice(), upper[0], upper[1]}));
  }
  const auto linear = [&](const char* name, const at::Tensor& x) {
    const std::string full = std::string("code.") + name;
    return at::leaky_relu(at::linear(x, parameters_[full + ".weight"], parameters_[full + ".bias"]),
                          0.2);
  };
  return linear("second", linear("first", at::cat(known, 1)));
}

Modulations Network::modulations(const at::Tensor& codes) const {
  Modulations result;
  for (const StyledLayer& layer : styled_layers(architecture_)) {
    const auto linear = [&](const char* what) {
      const std::string full = layer.name + what;
      return at::linear(codes, parameters_[full + ".weight"], parameters_[full + ".bias"]);
    };
    Modulation& modulation = result[layer.name];
    modulation.scale = linear(".scale");
    modulation.shift = linear(".shift");
    if (!layer.mixes) continue;
    const at::Tensor shares = at::linear(codes, parameters_[layer.name + ".mix.weight"]);
    const at::Tensor& matrices = parameters_[layer.name + ".mix.matrices"];
    modulation.mix = shares.mm(matrices.flatten(1)).view({-1, layer.channels, layer.channels}) +
                     at::eye(layer.channels, codes.options());
  }
  return result;
}

Network::Seen Network::down(const Way& way, const at::Tensor& photo,
                            const at::Tensor& moved) const {
  Seen seen;
  const std::int64_t grain = architecture_.grain;
  const at::Tensor colours = at::cat({photo.narrow(1, 0, 3), moved}, 1).sub_(0.5).mul_(4);
  seen.full = way.layer("enter", at::cat({colours, photo.narrow(1, 3, grain)}, 1));
  seen.half = way.layer("to_half", seen.full);
  seen.quarter =
      way.blocks("quarter", architecture_.quarter_blocks, way.layer("to_quarter", seen.half));
  seen.eighth = way.convolution(adapted_layer, seen.quarter);
  return seen;
}

Modulations Network::adapted_modulations(const at::Tensor& paintings) const {
  Modulations result;
  for (const StyledLayer& layer : styled_layers(architecture_)) {
    const auto constants = [&](const char* what) {
      return parameters_[layer.name + what].unsqueeze(0).expand({paintings.size(0), -1});
    };
    result[layer.name] = {constants(".scale"), constants(".shift"), {}};
  }
  const at::Tensor x =
      down({parameters_, precision_, result, nullptr, nullptr}, paintings, paintings).eighth;
  const at::Tensor mean = x.mean({2, 3});
  const at::Tensor deviation =
      (x - mean.unsqueeze(2).unsqueeze(3)).square().mean({2, 3}).add(1e-5).sqrt();
  result[adapted_layer] = {deviation, mean, {}};
  return result;
}

at::Tensor Network::paint(const at::Tensor& photo, const at::Tensor& moved,
                          const Modulations& modulations, const LayerNorms* given,
                          LayerNorms* seen) const {
  const Way way{parameters_, precision_, modulations, given, seen};
  const Seen below = down(way, photo, moved);
  const at::Tensor eighth = way.blocks("eighth", architecture_.eighth_blocks,
                                       way.styled(adapted_layer, below.eighth).relu_());
  const at::Tensor late =
      way.blocks("late", architecture_.late_blocks, way.up("up_quarter", eighth, below.quarter));
  const at::Tensor fine =
      way.blocks("fine", architecture_.fine_blocks, way.up("up_half", late, below.half));
  const at::Tensor last = way.up("up_full", fine, below.full);
  return moved + painted_share * convolve(last, parameters_["leave.weight"],
                                          parameters_["leave.bias"], precision_);
}

}  // namespace atelier::fast
