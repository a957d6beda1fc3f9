// SPDX-License-Identifier: Apache-2.0
#include "sequence/lstm.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <tuple>

namespace atelier::sequence {

SequenceState Lstm::begin(std::int64_t streams) const {
  SequenceState state;
  for (int i = 0; i < 2 * form().layers; ++i) {
    state.tensors.push_back(zeros({1, streams, form().width}));
  }
  return state;
}

at::Tensor Lstm::normalised(const at::Tensor& x, const std::string& name) const {
  return at::layer_norm(x, {form().width}, parameter(name + ".gain"), parameter(name + ".shift"));
}

at::Tensor Lstm::layer(int i, const at::Tensor& x, SequenceState* state) const {
  const std::string name = fmt::format("lstm.{}.", i);
  const std::int64_t width = form().width;
  const auto at_precision = [this](const at::Tensor& t) {
    return precision() ? t.to(*precision()) : t;
  };
  at::Tensor open = zeros({4, width});
  open.select(0, 1).fill_(1);
  at::Tensor h, c;
  if (state) {
    h = state->tensors[static_cast<std::size_t>(2 * i)];
    c = state->tensors[static_cast<std::size_t>(2 * i + 1)];
  } else {
    h = c = zeros({1, x.size(0), width});
  }
  const std::array<at::Tensor, 2> before{at_precision(h), at_precision(c)};
  const std::array<at::Tensor, 4> weights{
      at_precision(parameter(name + "input").view({4 * width, width})),
      at_precision(parameter(name + "hidden").view({4 * width, width})),
      at_precision(parameter(name + "bias")), at_precision(open.view({-1}))};
  at::Tensor y;
  std::tie(y, h, c) = at::lstm(at_precision(x), before, weights, /*has_biases=*/true,
                               /*num_layers=*/1, /*dropout=*/0, at::GradMode::is_enabled(),
                               /*bidirectional=*/false, /*batch_first=*/true);
  if (state) {
    state->tensors[static_cast<std::size_t>(2 * i)] = h.to(x.scalar_type());
    state->tensors[static_cast<std::size_t>(2 * i + 1)] = c.to(x.scalar_type());
  }
  return y.to(x.scalar_type());
}

at::Tensor Lstm::through(at::Tensor x, const Dropout& dropout, SequenceState* state) const {
  for (int i = 0; i < form().layers; ++i) {
    x = x + dropout(layer(i, normalised(x, fmt::format("lstm.{}", i)), state), i + 1);
  }
  return normalised(x, "last");
}

}  // namespace atelier::sequence
