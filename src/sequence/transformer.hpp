// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// A Transformer that looks back: in each layer
///   x += dropout(W_o attention(norm(x))),
///   x += dropout(W_2 (silu(W_g norm(x)) * W_u norm(x))),
/// then a norm. Attention of head h at position t is over positions s <= t, with the weights
///   softmax_s(q_t . k_s / sqrt(D)),
/// q and k turned by their positions' angles (rotary.hpp), so that what counts is t - s.
///
/// Sources: Vaswani et al., "Attention is all you need", 2017; norms before layers: Xiong et al.,
/// ICML 2020; Zhang, Sennrich, "Root mean square layer normalization", NeurIPS 2019; SwiGLU:
/// Shazeer, "GLU variants improve transformer", 2020. Differs: norms have no gain, which the
/// matrix behind each can hold itself; weights of attention are not dropped out.
///
/// Parameters of layer i: "layer.i.attend", 3 x C x C (queries, keys, values), "layer.i.attended",
/// C x C, "layer.i.gate", 2 x H x C (W_g, W_u), "layer.i.gated", C x H; H as hidden_units().
/// State: keys and values of each layer, N x heads x context x D.
class Transformer final : public SequenceModel {
 public:
  Transformer(const SequenceForm& form, const train::Parameters& parameters,
              std::optional<at::ScalarType> precision);

  [[nodiscard]] SequenceState begin(std::int64_t streams) const override;

 private:
  [[nodiscard]] at::Tensor through(at::Tensor x, const Dropout& dropout,
                                   SequenceState* state) const override;
  [[nodiscard]] at::Tensor attended(int layer, const at::Tensor& x, SequenceState* state) const;
  [[nodiscard]] at::Tensor gated(int layer, const at::Tensor& x) const;

  at::Tensor turns_;  // of every position
};

}  // namespace atelier::sequence
