// SPDX-License-Identifier: Apache-2.0
#include "sequence/torch_decoder.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "sequence/reference_decoder.hpp"
#include "sequence/trained_model.hpp"

namespace atelier::sequence {
namespace {

struct Owned {
  train::Parameters parameters;
};

class OwningDecoder final : private Owned, public TorchDecoder {
 public:
  explicit OwningDecoder(const Model& model)
      : Owned{trained_parameters(model, at::kCPU)}, TorchDecoder(model.form, Owned::parameters) {}
};

}  // namespace

std::unique_ptr<Decoder> make_reference_decoder(const Model& model) {
  return std::make_unique<OwningDecoder>(model);
}

TorchDecoder::TorchDecoder(const SequenceForm& form, const train::Parameters& parameters)
    : model_(make_sequence_model(form, parameters)), state_(model_->begin(1)) {}

std::int64_t TorchDecoder::capacity() const {
  return model_->form().architecture == "lstm" ? 0 : model_->form().context;
}

void TorchDecoder::restart() {
  state_ = model_->begin(1);
}

std::span<const float> TorchDecoder::read(std::span<const Token> tokens) {
  const at::NoGradGuard no_gradient;
  at::Tensor ids = at::empty({1, static_cast<std::int64_t>(tokens.size())}, at::kLong);
  std::copy(tokens.begin(), tokens.end(), ids.data_ptr<std::int64_t>());
  logits_ = model_->next(ids, state_).to(at::kFloat).contiguous();
  return {logits_.data_ptr<float>(), static_cast<std::size_t>(logits_.numel())};
}

}  // namespace atelier::sequence
