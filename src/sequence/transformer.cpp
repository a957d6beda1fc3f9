// SPDX-License-Identifier: Apache-2.0
#include "sequence/transformer.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "sequence/attention.hpp"
#include "sequence/norm.hpp"
#include "sequence/rotary.hpp"
#include "sequence/swiglu.hpp"

namespace atelier::sequence {

Transformer::Transformer(const SequenceForm& form, const train::Parameters& parameters,
                         std::optional<at::ScalarType> precision)
    : SequenceModel(form, parameters, precision),
      turns_(rotations(form.context, form.width / form.heads, parameters.values().options())) {}

SequenceState Transformer::begin(std::int64_t streams) const {
  SequenceState state;
  for (int i = 0; i < 2 * form().layers; ++i) {
    state.tensors.push_back(
        zeros({streams, form().heads, form().context, form().width / form().heads}));
  }
  return state;
}

at::Tensor Transformer::attended(int layer, const at::Tensor& x, SequenceState* state) const {
  const std::int64_t rows = x.size(0), length = x.size(1), width = form().width;
  const std::int64_t heads = form().heads, past = state ? state->length : 0;
  const std::string name = fmt::format("layer.{}.", layer);
  const at::Tensor all = product(x, parameter(name + "attend").view({3 * width, width}))
                             .view({rows, length, 3, heads, width / heads});
  const std::vector<at::Tensor> parts = at::split_with_sizes(all, {2, 1}, 2);
  const std::vector<at::Tensor> turned =
      at::unbind(rotated(parts[0], turns_.narrow(0, past, length)), 2);
  const at::Tensor query = turned[0].transpose(1, 2);
  at::Tensor key = turned[1].transpose(1, 2), value = parts[1].squeeze(2).transpose(1, 2);
  if (state) {
    const at::Tensor& keys = state->tensors[static_cast<std::size_t>(2 * layer)];
    const at::Tensor& values = state->tensors[static_cast<std::size_t>(2 * layer + 1)];
    keys.narrow(2, past, length).copy_(key);
    values.narrow(2, past, length).copy_(value);
    key = keys.narrow(2, 0, past + length);
    value = values.narrow(2, 0, past + length);
  }
  const at::Tensor seen = causal_attention(query, key, value, precision());
  return product(seen.transpose(1, 2).reshape({rows, length, width}), parameter(name + "attended"));
}

at::Tensor Transformer::gated(int layer, const at::Tensor& x) const {
  const std::string name = fmt::format("layer.{}.", layer);
  const at::Tensor& gate = parameter(name + "gate");
  return product(swiglu(product(x, gate.view({-1, form().width}))), parameter(name + "gated"));
}

at::Tensor Transformer::through(at::Tensor x, const Dropout& dropout, SequenceState* state) const {
  if ((state ? state->length : 0) + x.size(1) > form().context) {
    fail(ErrorKind::internal, "a Transformer reads {} tokens at most.", form().context);
  }
  for (int i = 0; i < form().layers; ++i) {
    x = x + dropout(attended(i, rms_normalised(x), state), 2 * i + 1);
    x = x + dropout(gated(i, rms_normalised(x)), 2 * i + 2);
  }
  return rms_normalised(x);
}

}  // namespace atelier::sequence
