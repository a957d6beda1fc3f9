// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/graph_net.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

/// The kernel that averages 2 x 2 neighbouring results of `kernel`.
at::Tensor averaged(const at::Tensor& kernel) {
  const at::Tensor wide = at::constant_pad_nd(kernel, {0, 1, 0, 1});
  const auto moved = [&](std::int64_t y, std::int64_t x) {
    return at::constant_pad_nd(kernel, {x, 1 - x, y, 1 - y});
  };
  return (wide + moved(0, 1) + moved(1, 0) + moved(1, 1)).div_(4);
}

/// What rectifying in place gives; the gradient needs the result alone.
at::Tensor rectified(at::Tensor h, Rectifier rectifier) {
  if (rectifier == Rectifier::relu) return h.relu_();
  if (rectifier == Rectifier::relu6) return at::hardtanh_(h, 0, 6);
  return h;
}

}  // namespace

struct GraphNet::Weights {
  at::Tensor kernel, bias;
};

/// Weights as they are computed with, by type and device, each made when first asked for.
struct GraphNet::Kept {
  std::mutex mutex;
  std::map<std::pair<at::ScalarType, std::string>, std::vector<Weights>> by_kind;
};

GraphNet::~GraphNet() = default;

GraphNet::GraphNet(std::string name, std::string digest, Graph graph, const TensorMap& weights,
                   InputConvention convention, FeatureNetOptions options)
    : Network(std::move(name), std::move(digest), std::move(convention), options),
      graph_(std::move(graph)),
      plain_weights_(graph_.nodes.size()),
      plain_biases_(graph_.nodes.size()),
      kept_(std::make_unique<Kept>()) {
  const auto width = [&](std::size_t place) {
    return place == Graph::picture ? 3 : widths_[place];
  };
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    const Node& node = graph_.nodes[i];
    std::int64_t out = width(node.inputs.front());
    if (node.op == Op::convolution) {
      const auto kernel = weights.find(node.name + ".weight"),
                 bias = weights.find(node.name + ".bias");
      if (kernel == weights.end() || bias == weights.end()) {
        fail(ErrorKind::bad_input, "{}: the weights hold no {}.weight or no {}.bias.", this->name(),
             node.name, node.name);
      }
      const at::Tensor& k = kernel->second;
      const std::int64_t in = node.depthwise ? 1 : out;
      if (k.dim() != 4 || k.scalar_type() != at::kFloat || k.size(0) < 1 || k.size(1) != in ||
          k.size(2) != node.rows.size || k.size(3) != node.columns.size ||
          (node.depthwise && k.size(0) != out)) {
        fail(ErrorKind::bad_input, "{}: {}.weight must be float32 {} x {} x {} x {} but is {} {}.",
             this->name(), node.name, node.depthwise ? fmt::to_string(out) : "O", in,
             node.rows.size, node.columns.size, at::toString(k.scalar_type()),
             fmt::join(k.sizes(), " x "));
      }
      out = k.size(0);
      if (bias->second.scalar_type() != at::kFloat ||
          bias->second.sizes() != at::IntArrayRef{out}) {
        fail(ErrorKind::bad_input, "{}: {}.bias must be float32 of {} elements.", this->name(),
             node.name, out);
      }
      plain_weights_[i] = k.detach();
      plain_biases_[i] = bias->second.detach();
    } else if (node.op == Op::concatenate) {
      out = 0;
      for (const std::size_t input : node.inputs) out += width(input);
    } else if (node.op == Op::add && width(node.inputs.back()) != out) {
      fail(ErrorKind::bad_input, "{}: {} adds {} channels to {}; the weights do not fit together.",
           this->name(), node.layer, width(node.inputs.back()), out);
    }
    widths_.push_back(out);
    if (!node.layer.empty()) {
      layers_.push_back(node.layer);
      places_.push_back(i);
    }
  }
}

std::int64_t GraphNet::channels(const std::string& layer) const {
  return widths_[places_[index(layer)]];
}

std::vector<Window> GraphNet::steps(const Node& node, bool rows) const {
  const Reach1d& reach = rows ? node.rows : node.columns;
  if (node.op == Op::add || node.op == Op::concatenate) return {};
  if (options().strides == Strides::trained) {
    return {{reach.size, node.stride, reach.before, reach.after}};
  }
  const int pad = (reach.size - 1) / 2;
  if (node.stride == 1) return {{reach.size, 1, pad, pad}};
  return {{reach.size, 1, pad, pad}, {2, 2, 0, 0}};
}

std::vector<Window> GraphNet::windows(const std::string& layer) const {
  std::vector<Window> windows;
  for (std::size_t i = places_[index(layer)]; i != Graph::picture;
       i = graph_.nodes[i].inputs.front()) {
    // A 1 x 7 convolution has a 7 x 1 beside it; the larger edge counts.
    const Node& node = graph_.nodes[i];
    const std::vector<Window> of_node = steps(node, node.rows.size >= node.columns.size);
    windows.insert(windows.end(), of_node.rbegin(), of_node.rend());
  }
  std::reverse(windows.begin(), windows.end());
  std::erase_if(windows, [](const Window& w) { return w.size == 1 && w.stride == 1; });
  return windows;
}

int GraphNet::reach(const std::vector<std::string>& layers) const {
  // Of a node: position i depends on pixels i * stride - before to (i + 1) * stride - 1 + after.
  struct Reached {
    int stride = 1, before = 0, after = 0;
  };
  int most = 0;
  for (const bool rows : {true, false}) {
    std::vector<Reached> reached;
    for (const Node& node : graph_.nodes) {
      Reached merged{1, -(1 << 20), -(1 << 20)};
      for (const std::size_t input : node.inputs) {
        const Reached from = input == Graph::picture ? Reached{} : reached[input];
        merged = {from.stride, std::max(merged.before, from.before),
                  std::max(merged.after, from.after)};
      }
      for (const Window& w : steps(node, rows)) {
        merged.before += w.before * merged.stride;
        merged.after += (w.size - w.before - w.stride) * merged.stride;
        merged.stride *= w.stride;
      }
      reached.push_back(merged);
    }
    for (const std::string& layer : layers) {
      const Reached& r = reached[places_[index(layer)]];
      most = std::max({most, r.before, r.after});
    }
  }
  return most;
}

const std::vector<GraphNet::Weights>& GraphNet::weights_for(const at::Tensor& rgb) const {
  const std::lock_guard lock(kept_->mutex);
  auto& all = kept_->by_kind[{rgb.scalar_type(), rgb.device().str()}];
  if (all.empty()) {
    const c10::NoGradGuard frozen;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      Weights& weights = all.emplace_back();
      const Node& node = graph_.nodes[i];
      if (node.op != Op::convolution) continue;
      weights.kernel = plain_weights_[i].to(rgb.options());
      const bool wide = node.rows.size > 1 || node.columns.size > 1;
      if (options().strides == Strides::smooth && node.stride == 2 && wide) {
        weights.kernel = averaged(weights.kernel);
      }
      weights.kernel = weights.kernel.contiguous(layout_for(rgb.device()));
      weights.bias = plain_biases_[i].to(rgb.options()).contiguous();
    }
  }
  return all;
}

at::Tensor GraphNet::convolve(const Node& node, const Weights& weights, at::Tensor h,
                              bool first) const {
  const bool smooth = options().strides == Strides::smooth;
  Reach1d rows = node.rows, columns = node.columns;
  if (smooth) {
    for (Reach1d* reach : {&rows, &columns}) reach->before = reach->after = (reach->size - 1) / 2;
  }
  std::int64_t stride = node.stride;
  if (smooth && stride == 2 && rows.size == 1 && columns.size == 1) {
    h = at::avg_pool2d(h, {2, 2});
    stride = 1;
  }
  const std::vector<std::int64_t> pads{columns.before, columns.after, rows.before, rows.after};
  std::vector<std::int64_t> padding{rows.before, columns.before};
  if (first && options().padding == Padding::replicate) {
    h = at::replication_pad2d(h, pads).contiguous(layout_for(h.device()));
    padding = {0, 0};
  } else if (rows.before != rows.after || columns.before != columns.after) {
    h = at::constant_pad_nd(h, pads).contiguous(layout_for(h.device()));
    padding = {0, 0};
  }
  const std::int64_t groups = node.depthwise ? weights.kernel.size(0) : 1;
  return rectified(
      at::conv2d(h, weights.kernel, weights.bias, stride, padding, /*dilation=*/1, groups),
      node.rectifier);
}

at::Tensor GraphNet::pool(const Node& node, const at::Tensor& h) const {
  const bool smooth = options().strides == Strides::smooth;
  const bool average = node.op == Op::average_pool || options().pooling == Pooling::average;
  const std::int64_t pad = smooth ? 1 : node.rows.before, stride = smooth ? 1 : node.stride;
  at::Tensor pooled = average ? at::avg_pool2d(h, {3, 3}, stride, pad, /*ceil_mode=*/false,
                                               /*count_include_pad=*/false)
                              : at::max_pool2d(h, {3, 3}, stride, pad);
  return smooth && node.stride == 2 ? at::avg_pool2d(pooled, {2, 2}) : pooled;
}

at::Tensor GraphNet::run(const Node& node, const Weights& weights,
                         const std::vector<at::Tensor>& inputs, bool first) const {
  switch (node.op) {
    case Op::convolution:
      return convolve(node, weights, inputs.front(), first);
    case Op::add:
      return rectified(inputs.front() + inputs.back(), node.rectifier);
    case Op::concatenate:
      return at::cat(inputs, 1);
    case Op::max_pool:
    case Op::average_pool:
      return pool(node, inputs.front());
  }
  return {};
}

std::vector<bool> GraphNet::needed(const std::vector<std::string>& layers) const {
  std::vector<bool> needed(graph_.nodes.size());
  for (const std::string& layer : layers) needed[places_[index(layer)]] = true;
  for (std::size_t i = needed.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const std::size_t input : graph_.nodes[i].inputs) {
      if (input != Graph::picture) needed[input] = true;
    }
  }
  return needed;
}

Features GraphNet::forward(const at::Tensor& rgb, const std::vector<std::string>& layers) const {
  const std::vector<bool> wanted = needed(layers);
  check_pictures(rgb, layers);
  if (layers.empty()) return {};
  const std::vector<Weights>& weights = weights_for(rgb);
  const at::Tensor picture = normalise(rgb);
  std::vector<at::Tensor> values(graph_.nodes.size());
  std::vector<std::size_t> last_use(graph_.nodes.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!wanted[i]) continue;
    for (const std::size_t input : graph_.nodes[i].inputs) {
      if (input != Graph::picture) last_use[input] = i;
    }
  }
  Features features;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!wanted[i]) continue;
    const Node& node = graph_.nodes[i];
    std::vector<at::Tensor> inputs;
    for (const std::size_t input : node.inputs) {
      inputs.push_back(input == Graph::picture ? picture : values[input]);
    }
    values[i] = run(node, weights[i], inputs, /*first=*/node.inputs.front() == Graph::picture);
    for (const std::size_t input : node.inputs) {
      if (input != Graph::picture && last_use[input] == i) values[input].reset();
    }
    if (std::find(layers.begin(), layers.end(), node.layer) != layers.end()) {
      features[node.layer] = values[i];
    }
  }
  return features;
}

}  // namespace atelier::nets
