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
class TrainingTask : public train::Task {
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

 protected:
  /// This process's samples of a batch.
  struct Share {
    std::int64_t first, count;
  };
  [[nodiscard]] Share share_of(std::int64_t step, const train::Group& group) const;
  [[nodiscard]] at::Tensor stretches(const Share& share) const;
  /// The loss on them, with dropout.
  [[nodiscard]] at::Tensor loss_on(const at::Tensor& stretches, const Share& share) const;

  [[nodiscard]] const Corpus& corpus() const noexcept { return corpus_; }
  [[nodiscard]] const SequenceTraining& training() const noexcept { return training_; }
  [[nodiscard]] const SequenceForm& form() const noexcept { return form_; }
  /// Held-out stretches.
  [[nodiscard]] const at::Tensor& judged() const noexcept { return judged_; }
  [[nodiscard]] train::Learner& writer() noexcept { return learner_; }
  [[nodiscard]] const SequenceModel& model() const noexcept { return *model_; }
  [[nodiscard]] const SequenceModel& averaged() const noexcept { return *averaged_; }

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
