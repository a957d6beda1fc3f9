// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// Long short-term memory in layers: x += dropout(lstm_i(norm_i(x))), then a norm.
///
/// With gates i, f, o and the candidate g, each a quarter of W_x x_t + W_h h_{t-1} + b,
///   c_t = sigmoid(f + 1) c_{t-1} + sigmoid(i) tanh(g),  h_t = sigmoid(o) tanh(c_t).
/// The 1 lets a cell keep at first what it holds (Jozefowicz, Zaremba, Sutskever, ICML 2015).
///
/// Sources: Hochreiter, Schmidhuber, "Long short-term memory", 1997; Gers, Schmidhuber, Cummins,
/// 2000; layer norm: Ba, Kiros, Hinton, 2016; dropout between layers alone: Zaremba, Sutskever,
/// Vinyals, 2014. Differs: norms stand before layers and not inside of gates, and layers add to
/// what they read, so that several of them train as easily as one.
///
/// Parameters of layer i: "lstm.i.input" and "lstm.i.hidden", 4 x C x C in the order i, f, g, o;
/// "lstm.i.bias", 4C; "lstm.i.gain" and "lstm.i.shift", C, of its norm; "last.gain", "last.shift".
/// State: h and c of each layer, 1 x N x C; its size does not grow with the text.
class Lstm final : public SequenceModel {
 public:
  using SequenceModel::SequenceModel;

  [[nodiscard]] SequenceState begin(std::int64_t streams) const override;

 private:
  [[nodiscard]] at::Tensor through(at::Tensor x, const Dropout& dropout,
                                   SequenceState* state) const override;
  [[nodiscard]] at::Tensor normalised(const at::Tensor& x, const std::string& name) const;
  [[nodiscard]] at::Tensor layer(int i, const at::Tensor& x, SequenceState* state) const;
};

}  // namespace atelier::sequence
