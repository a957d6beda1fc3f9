// SPDX-License-Identifier: Apache-2.0
#include "sequence/row_decoder.hpp"

#include <cmath>

#include "sequence/row_lstm.hpp"
#include "sequence/row_transformer.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::sequence {

std::unique_ptr<Decoder> make_row_decoder(const SequenceForm& form,
                                          const train::PlainParameters& parameters,
                                          Precision precision) {
  if (form.architecture == "lstm") return std::make_unique<RowLstm>(form, parameters, precision);
  return std::make_unique<RowTransformer>(form, parameters, precision);
}

tensor::RowMatrix row_matrix(const train::PlainParameters& parameters, const std::string& name,
                             Precision precision) {
  const std::vector<float> values = nets::numbers_of(parameters[name]);
  const auto columns = static_cast<std::size_t>(parameters[name].shape.back());
  return {values.data(), values.size() / columns, columns,
          precision == Precision::int8 ? tensor::RowMatrix::Weights::int8
                                       : tensor::RowMatrix::Weights::fp16};
}

RowDecoder::RowDecoder(const SequenceForm& form, const train::PlainParameters& parameters,
                       Precision precision)
    : form_(form),
      tokens_(row_matrix(parameters, "tokens", precision)),
      x_(static_cast<std::size_t>(form.width)),
      logits_(tensor::padded(tokens_.rows())) {
  if (form.tied) return;
  foretell_ = std::make_unique<tensor::RowMatrix>(row_matrix(parameters, "foretell", precision));
}

std::span<const float> RowDecoder::read(std::span<const Token> tokens) {
  const float scale = std::sqrt(static_cast<float>(form_.width));
  for (const Token token : tokens) {
    tokens_.row(token, x_.data());
    for (float& number : x_) number *= scale;
    pass(x_.data());
  }
  (foretell_ ? *foretell_ : tokens_).multiply(x_.data(), logits_.data());
  return {logits_.data(), static_cast<std::size_t>(form_.vocabulary)};
}

}  // namespace atelier::sequence
