// SPDX-License-Identifier: Apache-2.0
#include "train/settings.hpp"

#include <algorithm>
#include <thread>

namespace atelier::train {

LearnerOptions learner_options(const TrainOptions& options, double last) {
  LearnerOptions learner;
  learner.schedule = {options.learning_rate, options.warm_up, options.steps, last};
  learner.orthogonal = options.optimizer == "muon";
  learner.weight_decay = options.weight_decay;
  learner.clip = options.clip;
  learner.average = options.average;
  return learner;
}

std::optional<c10::ScalarType> low_precision(const TrainOptions& options) {
  if (options.precision == "bf16") return c10::kBFloat16;
  return std::nullopt;
}

nlohmann::json deciding(const TrainOptions& options) {
  nlohmann::json json = train_option_table().to_json(options);
  for (const char* name :
       {"checkpoint_every", "held_out_every", "preview_every", "device", "threads"}) {
    json.erase(name);
  }
  return json;
}

int sample_makers() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

}  // namespace atelier::train
