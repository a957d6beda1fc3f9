// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sequence/dropout.hpp"
#include "sequence/form.hpp"
#include "train/parameters.hpp"

namespace atelier::sequence {

/// What a model remembers of N streams of tokens that it reads bit by bit. A copy shares memory.
struct SequenceState {
  std::int64_t length = 0;          ///< tokens read, of each stream
  std::vector<at::Tensor> tensors;  ///< as the architecture needs
};

/// Foretells each token of a sequence from those before it.
///
/// The natural logarithms of p(token t+1 | tokens 1..t), up to a constant, are
///   logits_t = W f(x)_t,  x_t = sqrt(C) E[token t],
/// with the table of tokens E (V x C), W another such table or E itself (Press, Wolf, "Using the
/// output embedding to improve language models", EACL 2017), and f an LSTM or a Transformer.
class SequenceModel {
 public:
  /// Both must outlive the model. `precision`: what products are computed in; nothing: the
  /// parameters' own type.
  SequenceModel(const SequenceForm& form, const train::Parameters& parameters,
                std::optional<at::ScalarType> precision);
  virtual ~SequenceModel() = default;
  SequenceModel(const SequenceModel&) = delete;
  SequenceModel& operator=(const SequenceModel&) = delete;

  [[nodiscard]] const SequenceForm& form() const noexcept { return form_; }

  /// `ids`: N x T, int64, below the vocabulary; T at most context. Returns N x T x V; those of
  /// position t depend on tokens up to t alone.
  [[nodiscard]] at::Tensor logits(const at::Tensor& ids, const Dropout& dropout = {}) const;

  /// f of the same: N x T x C, the numbers by which the next token is foretold.
  [[nodiscard]] at::Tensor read(const at::Tensor& ids, const Dropout& dropout = {}) const;

  /// Of `streams` streams of which nothing was read yet.
  [[nodiscard]] virtual SequenceState begin(std::int64_t streams) const = 0;

  /// Reads `ids`, N x T, behind what `state` has read; all that logits() says of them holds, but
  /// each token is computed once. Returns the logits behind the last, N x V. A Transformer reads
  /// `context` tokens in all.
  [[nodiscard]] at::Tensor next(const at::Tensor& ids, SequenceState& state) const;

 protected:
  [[nodiscard]] const at::Tensor& parameter(const std::string& name) const;
  /// x W^T.
  [[nodiscard]] at::Tensor product(const at::Tensor& x, const at::Tensor& weight) const;
  [[nodiscard]] std::optional<at::ScalarType> precision() const noexcept { return precision_; }
  /// Zeros of the parameters' type and device.
  [[nodiscard]] at::Tensor zeros(at::IntArrayRef sizes) const;

 private:
  /// f, N x T x C to the same; with a state, behind what it has read, which it then remembers too.
  /// `state->length` is still that of before.
  [[nodiscard]] virtual at::Tensor through(at::Tensor x, const Dropout& dropout,
                                           SequenceState* state) const = 0;
  [[nodiscard]] at::Tensor embedded(const at::Tensor& ids) const;
  [[nodiscard]] at::Tensor foretold(const at::Tensor& x) const;

  SequenceForm form_;
  const train::Parameters& parameters_;
  std::optional<at::ScalarType> precision_;
};

/// The form's architecture. Throws Error internal when is_form() does not hold.
[[nodiscard]] std::unique_ptr<SequenceModel> make_sequence_model(
    const SequenceForm& form, const train::Parameters& parameters,
    std::optional<at::ScalarType> precision = std::nullopt);

}  // namespace atelier::sequence
