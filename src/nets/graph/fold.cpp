// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/fold.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

/// Looks tensors up in a file's state, in double.
class Source {
 public:
  Source(std::string_view network, const TensorMap& state) : network_(network), state_(state) {}

  [[nodiscard]] bool has(const std::string& name) const { return state_.contains(name); }

  [[nodiscard]] at::Tensor need(const std::string& name, at::IntArrayRef shape) const {
    const auto found = state_.find(name);
    if (found == state_.end()) {
      fail(ErrorKind::bad_input,
           "the weights hold no {}, which {} has; are they of another network?", name, network_);
    }
    const at::Tensor& tensor = found->second;
    if (tensor.sizes() != shape || !tensor.is_floating_point()) {
      fail(ErrorKind::bad_input, "{} must hold floats of {} but holds {} of {}.", name,
           fmt::join(shape, " x "), at::toString(tensor.scalar_type()),
           fmt::join(tensor.sizes(), " x "));
    }
    return tensor.to(at::kDouble);
  }

  [[nodiscard]] at::Tensor optional(const std::string& name, at::IntArrayRef shape,
                                    double otherwise) const {
    return has(name) ? need(name, shape) : at::full(shape, otherwise, at::kDouble);
  }

 private:
  std::string_view network_;
  const TensorMap& state_;
};

struct Folded {
  at::Tensor weight, bias;
};

/// `shape`: O x I x kh x kw.
Folded fold(const Source& source, const WeightNames& names, const std::string& node,
            const std::vector<std::int64_t>& shape) {
  const auto& [convolution, batch_norm] = names.of.at(node);
  const std::int64_t out = shape[0];
  at::Tensor weight;
  if (names.keras) {
    weight = source.need(convolution + "/kernel", {shape[2], shape[3], shape[1], out})
                 .permute({3, 2, 0, 1});
  } else {
    weight = source.need(convolution + ".weight", shape);
  }
  const auto of_norm = [&](const char* keras, const char* torch) {
    return batch_norm + (names.keras ? std::string("/") + keras : std::string(".") + torch);
  };
  const at::Tensor bias =
      source.optional(convolution + (names.keras ? "/bias" : ".bias"), {out}, 0.0);
  const at::Tensor gamma = source.optional(of_norm("gamma", "weight"), {out}, 1.0);
  const at::Tensor beta = source.need(of_norm("beta", "bias"), {out});
  const at::Tensor mean = source.need(of_norm("moving_mean", "running_mean"), {out});
  const at::Tensor variance = source.need(of_norm("moving_variance", "running_var"), {out});
  const at::Tensor factor = gamma / (variance + names.epsilon).sqrt();
  return {weight * factor.view({-1, 1, 1, 1}), (bias - mean) * factor + beta};
}

}  // namespace

TensorMap fold_batch_norm(std::string_view name, const Architecture& architecture,
                          const TensorMap& state) {
  const Source source(name, state);
  const std::string& first = architecture.graph.nodes.front().name;
  const bool ours = source.has(first + ".weight") && source.has(first + ".bias");
  const auto known = std::find_if(
      architecture.files.begin(), architecture.files.end(), [&](const WeightNames& names) {
        return source.has(names.of.at(first).convolution + (names.keras ? "/kernel" : ".weight"));
      });
  if (!ours && known == architecture.files.end()) {
    std::vector<std::string> kinds;
    for (const WeightNames& names : architecture.files) {
      kinds.push_back(fmt::format("{}{} ({})", names.of.at(first).convolution,
                                  names.keras ? "/kernel" : ".weight", names.kind));
    }
    fail(ErrorKind::bad_input,
         "the file holds no {} weights: it has neither {} nor {}.bias (Atelier).", name,
         fmt::join(kinds, " nor "), first);
  }
  TensorMap result;
  std::vector<std::int64_t> channels;
  for (const Node& node : architecture.graph.nodes) {
    std::int64_t in = node.inputs.front() == Graph::picture ? 3 : channels[node.inputs.front()];
    if (node.op != Op::convolution) {
      if (node.op == Op::concatenate) {
        in = 0;
        for (const std::size_t input : node.inputs) in += channels[input];
      }
      channels.push_back(in);
      continue;
    }
    const std::vector<std::int64_t> shape{node.channels, node.depthwise ? 1 : in, node.rows.size,
                                          node.columns.size};
    const Folded folded = ours ? Folded{source.need(node.name + ".weight", shape),
                                        source.need(node.name + ".bias", {node.channels})}
                               : fold(source, *known, node.name, shape);
    result[node.name + ".weight"] = folded.weight.to(at::kFloat).contiguous();
    result[node.name + ".bias"] = folded.bias.to(at::kFloat).contiguous();
    channels.push_back(node.channels);
  }
  return result;
}

}  // namespace atelier::nets
