// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "fast/model.hpp"
#include "fast/painting_loss.hpp"
#include "fast/samples.hpp"
#include "train/prefetch.hpp"
#include "train/trainer.hpp"

namespace atelier::fast {

/// The one-pass network's part in its training. Each step paints one photograph for each place of
/// the batch in the style that stands there, and brings the loss's gradient back.
class TrainingTask final : public train::Task {
 public:
  /// All must outlive this.
  TrainingTask(const nets::Network& vgg, const Samples& samples, const FastTraining& training,
               at::Device device);

  std::vector<train::Learner*> learners() override { return {&learner_}; }
  nets::TensorMap state() override;
  void restore(const nets::TensorMap& state) override;
  train::Figures step(std::int64_t step, train::Group& group) override;
  train::Figures held_out() override;
  at::Tensor preview() override;
  void save_model(const std::filesystem::path& path, std::int64_t step) override;

 private:
  struct Standing {
    std::uint64_t turn;
    std::unique_ptr<StyleTarget> target;
  };
  struct HeldOut {
    at::Tensor photo;
    Colours colours;
    std::unique_ptr<StyleTarget> target;
  };

  /// `next`: the painting that stands there from now on; undefined: none, or not known yet.
  const StyleTarget& standing(std::int64_t step, std::int64_t slot, const at::Tensor& next);
  [[nodiscard]] std::unique_ptr<StyleTarget> target_of(const at::Tensor& painting);
  /// `places`, `colours`: of each of the N photographs.
  [[nodiscard]] at::Tensor paint(const Network& network, const at::Tensor& photos,
                                 const std::vector<Place>& places,
                                 const std::vector<Colours>& colours,
                                 const std::vector<const StyleTarget*>& styles);
  /// Of the first paintings of the run; measured once.
  const Standard& standard();
  const std::vector<HeldOut>& held_out_pairs();

  const Samples& samples_;
  const FastTraining& training_;
  at::Device device_;
  Architecture architecture_;
  std::unique_ptr<PaintingLoss> loss_;
  train::Learner learner_;
  Network network_, averaged_;
  Standard standard_;
  std::map<std::int64_t, Standing> standing_;  // by place of the batch
  std::vector<HeldOut> held_out_;
  std::optional<train::Prefetch<Samples::Sample>> coming_;  // from the first step
};

}  // namespace atelier::fast
