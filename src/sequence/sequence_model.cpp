// SPDX-License-Identifier: Apache-2.0
#include "sequence/sequence_model.hpp"

#include <ATen/ATen.h>

#include <cmath>

#include "atelier/base/error.hpp"
#include "sequence/lstm.hpp"
#include "sequence/transformer.hpp"

namespace atelier::sequence {
namespace {

constexpr int place_of_tokens = 0;  // of dropout; layers' places come behind

}  // namespace

SequenceModel::SequenceModel(const SequenceForm& form, const train::Parameters& parameters,
                             std::optional<at::ScalarType> precision)
    : form_(form), parameters_(parameters), precision_(precision) {}

at::Tensor SequenceModel::logits(const at::Tensor& ids, const Dropout& dropout) const {
  return foretold(read(ids, dropout));
}

at::Tensor SequenceModel::read(const at::Tensor& ids, const Dropout& dropout) const {
  return through(dropout(embedded(ids), place_of_tokens), dropout, nullptr);
}

at::Tensor SequenceModel::next(const at::Tensor& ids, SequenceState& state) const {
  const at::Tensor x = through(embedded(ids), {}, &state);
  state.length += ids.size(1);
  return foretold(x.select(1, -1));
}

const at::Tensor& SequenceModel::parameter(const std::string& name) const {
  return parameters_[name];
}

at::Tensor SequenceModel::product(const at::Tensor& x, const at::Tensor& weight) const {
  if (!precision_) return at::linear(x, weight);
  return at::linear(x.to(*precision_), weight.to(*precision_)).to(x.scalar_type());
}

at::Tensor SequenceModel::zeros(at::IntArrayRef sizes) const {
  return at::zeros(sizes, parameters_.values().options());
}

at::Tensor SequenceModel::embedded(const at::Tensor& ids) const {
  return at::embedding(parameter("tokens"), ids) * std::sqrt(static_cast<double>(form_.width));
}

at::Tensor SequenceModel::foretold(const at::Tensor& x) const {
  return product(x, parameter(form_.tied ? "tokens" : "foretell"));
}

std::unique_ptr<SequenceModel> make_sequence_model(const SequenceForm& form,
                                                   const train::Parameters& parameters,
                                                   std::optional<at::ScalarType> precision) {
  if (!is_form(form)) fail(ErrorKind::internal, "there is no such sequence model.");
  if (form.architecture == "lstm") return std::make_unique<Lstm>(form, parameters, precision);
  return std::make_unique<Transformer>(form, parameters, precision);
}

}  // namespace atelier::sequence
