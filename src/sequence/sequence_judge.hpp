// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "sequence/sequence_model.hpp"

namespace atelier::sequence {

/// Tells works from what a model wrote: a sequence model of half the writer's layers, with one
/// verdict in the place of a token foretold, so that each token is judged by those up to it.
/// Source of a verdict a token: de Masson d'Autume, Rosca, Rae, Mohamed, "Training language GANs
/// from scratch", NeurIPS 2019.
class SequenceJudge {
 public:
  [[nodiscard]] static std::vector<train::ParameterSpec> specs(const SequenceForm& writer);

  /// `parameters`, of specs(), must outlive it.
  SequenceJudge(const SequenceForm& writer, const train::Parameters& parameters,
                std::optional<at::ScalarType> precision = std::nullopt);

  /// The natural logarithm of the odds, N x written, that the last `written` tokens of each stretch
  /// stand in a work. `stretches`: N x (T + 1), int64, T at most the writer's context; the first is
  /// not read.
  [[nodiscard]] at::Tensor verdicts(const at::Tensor& stretches, std::int64_t written,
                                    const Dropout& dropout = {}) const;

 private:
  const train::Parameters& parameters_;
  std::unique_ptr<SequenceModel> reader_;
};

/// The mean cross-entropy, in nats, of verdicts on works and on what was written; ln 2 by chance.
[[nodiscard]] at::Tensor judge_loss(const at::Tensor& of_works, const at::Tensor& of_written);

}  // namespace atelier::sequence
