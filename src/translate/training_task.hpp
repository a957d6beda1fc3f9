// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "gan/diff_augment.hpp"
#include "train/prefetch.hpp"
#include "train/trainer.hpp"
#include "translate/samples.hpp"
#include "translate/side.hpp"

namespace atelier::translate {

/// A translator's part in its training. Each step paints pictures of both collections like the
/// other and back again; the discriminators learn from what was painted there, the painters from
/// three things: what the discriminators make of it; that there and back gives the picture again;
/// that a picture which is one of the goal's already stays as it is.
///
/// Source: Zhu, Park, Isola, Efros, "Unpaired image-to-image translation using cycle-consistent
/// adversarial networks", ICCV 2017 (CycleGAN).
/// Differs: the discriminators look through pretrained features (gan/projected_discriminator.hpp)
/// and learn by the hinge loss, after which some thousand steps show what took hundreds of
/// thousands; lighter painters (form.hpp).
class TrainingTask final : public train::Task {
 public:
  /// All must outlive this. `eyes`: of the discriminators; `judge`: for measuring.
  TrainingTask(const nets::Network& eyes, const nets::Network& judge, const Samples& from,
               const Samples& to, const TranslateTraining& training, at::Device device);

  std::vector<train::Learner*> learners() override;
  nets::TensorMap state() override;
  void restore(const nets::TensorMap& state) override;
  train::Figures step(std::int64_t step, train::Group& group) override;
  train::Figures held_out() override;
  at::Tensor preview() override;
  void save_model(const std::filesystem::path& path, std::int64_t step) override;

 private:
  struct Batch {
    at::Tensor pictures;  // of both collections, from's first: 2 N x 3 x size x size
    std::vector<fast::Place> places;
  };
  struct Pair {
    Samples::Sample from, to;
  };
  Batch batch(std::int64_t step, train::Group& group);
  /// One step of a side's discriminator, and what it says of `painted` now.
  [[nodiscard]] at::Tensor verdict(Side& side, const at::Tensor& goal, const at::Tensor& painted,
                                   std::int64_t step, train::Group& group, double& critic_loss);
  /// Everything that is painted at a step, from and to each other's places.
  [[nodiscard]] at::Tensor everywhere(const at::Tensor& share, train::Group& group) const;

  const nets::Network& judge_;
  const Samples &from_, &to_;
  const TranslateTraining& training_;
  at::Device device_;
  gan::Changes changes_;
  Side there_, back_;
  std::optional<train::Prefetch<Pair>> coming_;  // from the first step
  at::Tensor from_seen_, to_seen_;               // features of what is held out, measured once
};

}  // namespace atelier::translate
