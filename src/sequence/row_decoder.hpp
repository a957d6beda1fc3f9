// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "atelier/sequence/decoder.hpp"
#include "atelier/sequence/text_model.hpp"
#include "sequence/form.hpp"
#include "tensor/kernels/row_matrix.hpp"
#include "train/plain_parameters.hpp"

namespace atelier::sequence {

/// A decoder without libtorch, for one sequence on one core: every product is a matrix times a
/// vector (tensor/kernels/row_matrix.hpp). Computes what SequenceModel does, up to the rounding of
/// weights. It keeps what it needs of the parameters.
[[nodiscard]] std::unique_ptr<Decoder> make_row_decoder(const SequenceForm& form,
                                                        const train::PlainParameters& parameters,
                                                        Precision precision);

/// A parameter as a matrix; of three dimensions, the first two are its rows.
[[nodiscard]] tensor::RowMatrix row_matrix(const train::PlainParameters& parameters,
                                           const std::string& name, Precision precision);

/// What both architectures share: tokens are looked up, pass the body, and are foretold.
class RowDecoder : public Decoder {
 public:
  RowDecoder(const SequenceForm& form, const train::PlainParameters& parameters,
             Precision precision);

  [[nodiscard]] int vocabulary() const override { return form_.vocabulary; }
  [[nodiscard]] std::span<const float> read(std::span<const Token> tokens) override;

 protected:
  [[nodiscard]] const SequenceForm& form() const noexcept { return form_; }
  [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(form_.width); }

 private:
  /// Brings one token's numbers, width() of them, through all layers and the last norm.
  virtual void pass(float* x) = 0;

  SequenceForm form_;
  tensor::RowMatrix tokens_;
  std::unique_ptr<tensor::RowMatrix> foretell_;  // null: tokens_
  std::vector<float> x_, logits_;
};

}  // namespace atelier::sequence
