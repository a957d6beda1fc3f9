// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "atelier/base/random.hpp"
#include "nets/safetensors.hpp"
#include "train/sample_order.hpp"
#include "train/trainer.hpp"

namespace atelier::train {

/// Learns y = 2 x1 - x2 + 0.5 from 64 samples, a share of the batch in each process.
class ToyTask final : public Task {
 public:
  explicit ToyTask(const TrainOptions& options)
      : options_(options),
        learner_("toy", Parameters({{"w", {2}, normal(1)}, {"b", {1}, constant(0)}}, 1, at::kCPU),
                 {.schedule = {options.learning_rate, options.warm_up, options.steps, 0.01},
                  .clip = options.clip,
                  .average = 0.9}),
        order_(64, options.seed, "toy") {}

  std::vector<Learner*> learners() override { return {&learner_}; }

  Figures step(std::int64_t step, Group& group) override {
    const std::int64_t share = options_.batch / group.size();
    at::Tensor x = at::empty({share, 2}), y = at::empty({share});
    for (std::int64_t i = 0; i < share; ++i) {
      const auto position =
          static_cast<std::uint64_t>(step * options_.batch + group.rank() * share + i);
      RandomStream chance(7, "sample " + std::to_string(order_.at(position)));
      const double a = chance.normal(), b = chance.normal();
      x[i][0] = a;
      x[i][1] = b;
      y[i] = 2 * a - b + 0.5;
    }
    const Parameters& p = learner_.parameters();
    const at::Tensor loss = (x.mv(p["w"]) + p["b"] - y).square().mean();
    loss.backward();
    at::Tensor value = loss.detach().clone();
    group.average(value);
    learner_.step(step, group);
    return {{"total", value.item<double>()}};
  }

  Figures held_out() override {
    const at::NoGradGuard no_gradient;
    const Parameters& p = learner_.average();
    const at::Tensor off = p["w"] - at::tensor({2.0F, -1.0F});
    return {{"total", off.square().sum().item<double>() + 1e-6}};
  }

  at::Tensor preview() override { return at::full({1, 3, 2, 2}, 0.5); }

  void save_model(const std::filesystem::path& path, std::int64_t) override {
    nets::write_safetensors(path, {learner_.average().tensors(), {}});
  }

  Learner& learner() { return learner_; }

 private:
  TrainOptions options_;
  Learner learner_;
  SampleOrder order_;
};

inline TrainOptions toy_options() {
  TrainOptions options;
  options.steps = 40;
  options.batch = 8;
  options.learning_rate = 0.1;
  options.warm_up = 5;
  options.checkpoint_every = 10;
  options.held_out_every = 20;
  options.preview_every = 20;
  return options;
}

}  // namespace atelier::train
