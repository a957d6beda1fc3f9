// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "atelier/sequence/decoder.hpp"
#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// A sequence model as a decoder, computed by libtorch: what faster ones answer to.
class TorchDecoder : public Decoder {
 public:
  /// `parameters` must outlive it.
  TorchDecoder(const SequenceForm& form, const train::Parameters& parameters);

  [[nodiscard]] int vocabulary() const override { return model_->form().vocabulary; }
  [[nodiscard]] std::int64_t capacity() const override;
  void restart() override;
  [[nodiscard]] std::span<const float> read(std::span<const Token> tokens) override;
  void mark() override { marked_ = state_; }
  void back() override { state_ = marked_; }

 private:
  std::unique_ptr<SequenceModel> model_;
  SequenceState state_, marked_;
  at::Tensor logits_;
};

}  // namespace atelier::sequence
