// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/parameters.hpp"

namespace atelier::sequence {

/// What decides a sequence model's parameters.
struct SequenceForm {
  std::string architecture = "transformer";  ///< or "lstm"
  int vocabulary = 0;                        ///< different tokens, 2..65536
  int layers = 4;                            ///< 1..64
  int width = 256;                           ///< numbers that stand for a token, 8..4096, of eight
  int heads = 4;      ///< of attention, each an even part of the width; an LSTM has none
  int context = 256;  ///< tokens that are looked back on while training, 4..8192
  bool tied = true;   ///< one table of tokens for what is read and what is foretold

  bool operator==(const SequenceForm&) const = default;
};

/// Whether such a model can be made.
[[nodiscard]] bool is_form(const SequenceForm& form);

/// Hidden units of a Transformer's SwiGLU: 8/3 of the width, rounded up to 16, so that three
/// matrices of them have as many numbers as the two of a plain layer four times as wide as its
/// input.
[[nodiscard]] std::int64_t hidden_units(const SequenceForm& form);

/// Parameters by name (transformer.hpp, lstm.hpp) and those of the whole: "tokens", V x C, the
/// table of tokens, and "foretell", V x C, where it is not tied to it.
[[nodiscard]] std::vector<train::ParameterSpec> sequence_specs(const SequenceForm& form);

}  // namespace atelier::sequence
