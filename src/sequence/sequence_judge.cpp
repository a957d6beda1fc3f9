// SPDX-License-Identifier: Apache-2.0
#include "sequence/sequence_judge.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace atelier::sequence {
namespace {

SequenceForm reader_form(const SequenceForm& writer) {
  SequenceForm form = writer;
  form.layers = std::max(1, writer.layers / 2);
  form.tied = true;
  return form;
}

}  // namespace

std::vector<train::ParameterSpec> SequenceJudge::specs(const SequenceForm& writer) {
  std::vector<train::ParameterSpec> specs = sequence_specs(reader_form(writer));
  specs.push_back({"verdict", {1, writer.width}, train::constant(0), /*table=*/true});
  return specs;
}

SequenceJudge::SequenceJudge(const SequenceForm& writer, const train::Parameters& parameters,
                             std::optional<at::ScalarType> precision)
    : parameters_(parameters),
      reader_(make_sequence_model(reader_form(writer), parameters, precision)) {}

at::Tensor SequenceJudge::verdicts(const at::Tensor& stretches, std::int64_t written,
                                   const Dropout& dropout) const {
  const std::int64_t length = stretches.size(1) - 1;
  const at::Tensor read = reader_->read(stretches.narrow(1, 1, length), dropout);
  return at::linear(read.narrow(1, length - written, written), parameters_["verdict"]).squeeze(-1);
}

at::Tensor judge_loss(const at::Tensor& of_works, const at::Tensor& of_written) {
  return (at::softplus(-of_works).mean() + at::softplus(of_written).mean()) / 2;
}

}  // namespace atelier::sequence
