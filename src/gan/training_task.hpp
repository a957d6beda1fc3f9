// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gan/diff_augment.hpp"
#include "gan/discriminator.hpp"
#include "gan/generator.hpp"
#include "gan/judge.hpp"
#include "gan/samples.hpp"
#include "train/prefetch.hpp"
#include "train/trainer.hpp"

namespace atelier::gan {

/// A generator's and its adversary's part in their training. Each step paints one picture for each
/// of the collection's; the adversary learns from both, then the generator from what the adversary
/// makes of the painted ones.
/// Losses: hinge with projected discriminators, logarithmic for the plain form (losses.hpp).
class TrainingTask final : public train::Task {
 public:
  /// All must outlive this. `eyes`: of the discriminators; `judge`: for measuring.
  TrainingTask(const nets::Network& eyes, const nets::Network& judge, const Samples& samples,
               const GanTraining& training, at::Device device);

  std::vector<train::Learner*> learners() override { return {&painter_, &critic_}; }
  nets::TensorMap state() override { return discriminator_->state(); }
  void restore(const nets::TensorMap& state) override { discriminator_->restore(state); }
  train::Figures step(std::int64_t step, train::Group& group) override;
  train::Figures held_out() override;
  [[nodiscard]] std::vector<std::string> warnings() const override;
  at::Tensor preview() override;
  void save_model(const std::filesystem::path& path, std::int64_t step) override;

 private:
  struct Batch {
    at::Tensor pictures, labels, chance;
    std::vector<RandomStream> of_pictures, of_painted;  // for changes
  };
  Batch batch(std::int64_t step, train::Group& group);
  /// Of the averaged weights.
  [[nodiscard]] Norms measured_norms() const;
  /// By the averaged weights: rows `first` ... of the stream `name`, classes in turn.
  [[nodiscard]] at::Tensor painted(const Norms& norms, const std::string& name, std::int64_t first,
                                   std::int64_t count) const;
  [[nodiscard]] at::Tensor labels_in_turn(std::int64_t first, std::int64_t count) const;

  const nets::Network& judge_;
  const Samples& samples_;
  const GanTraining& training_;
  at::Device device_;
  GeneratorForm form_, critic_form_;
  Changes changes_;
  train::Learner painter_, critic_;
  std::unique_ptr<Generator> generator_, averaged_;
  std::unique_ptr<Discriminator> discriminator_;
  std::optional<train::Prefetch<Samples::Sample>> coming_;  // from the first step
  at::Tensor pictures_seen_;  // features of the collection, measured once
  Likeness likeness_;
};

}  // namespace atelier::gan
