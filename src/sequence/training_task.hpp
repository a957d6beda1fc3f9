// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sequence/corpus.hpp"
#include "sequence/model.hpp"
#include "sequence/sequence_model.hpp"
#include "sequence/windows.hpp"
#include "train/trainer.hpp"

namespace atelier::sequence {

/// The network that options ask for. Throws Error invalid_argument when there is none such.
[[nodiscard]] SequenceForm form_of(const SequenceOptions& options, int vocabulary);

/// A sequence model's part in its training: the mean cross-entropy of every next token, in nats.
class TrainingTask final : public train::Task {
 public:
  /// All must outlive this. Throws Error invalid_argument when the text is too short, or there is
  /// no such form.
  TrainingTask(const Corpus& corpus, const SequenceTraining& training, at::Device device);

  /// Takes a model of the same form as the start.
  void begin_from(const Model& model);

  std::vector<train::Learner*> learners() override { return {&learner_}; }
  train::Figures step(std::int64_t step, train::Group& group) override;
  train::Figures held_out() override;
  at::Tensor preview() override { return {}; }
  void save_model(const std::filesystem::path& path, std::int64_t step) override;

 private:
  const Corpus& corpus_;
  const SequenceTraining& training_;
  at::Device device_;
  SequenceForm form_;
  Windows windows_;
  at::Tensor judged_;
  train::Learner learner_;
  std::unique_ptr<SequenceModel> model_, averaged_;
};

}  // namespace atelier::sequence
