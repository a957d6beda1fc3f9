// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/train/options.hpp"
#include "atelier/train/run.hpp"
#include "train/group.hpp"
#include "train/learner.hpp"

namespace atelier::train {

/// A model's part in its training: what a step is, how good it is, what it looks like. Everything
/// that chance decides in a step must be a function of the seed and the step's number.
class Task {
 public:
  virtual ~Task() = default;

  /// All that moves; adversaries bring two.
  [[nodiscard]] virtual std::vector<Learner*> learners() = 0;
  /// What else the next step depends on, and taking it back; chance and learners left out.
  [[nodiscard]] virtual nets::TensorMap state() { return {}; }
  virtual void restore(const nets::TensorMap&) {}
  /// One step of this process's share of the batch, learners' steps included. `step` counts from 0.
  virtual Figures step(std::int64_t step, Group& group) = 0;
  /// Figures of the averaged weights on samples never trained on; the last one is the loss by which
  /// the best weights are told.
  [[nodiscard]] virtual Figures held_out() = 0;
  /// What is wrong by the figures that held_out() gave last, each in a sentence.
  [[nodiscard]] virtual std::vector<std::string> warnings() const { return {}; }
  /// A picture of what the averaged weights do; undefined: there is none.
  [[nodiscard]] virtual at::Tensor preview() = 0;
  /// The averaged weights as they are shipped, and what is said beside them.
  virtual void save_model(const std::filesystem::path& path, std::int64_t step) = 0;
};

/// Where and under which recipe a run goes.
struct RunPlace {
  std::filesystem::path folder;  ///< made when missing
  std::string recipe;            ///< JSON of all that decides the result
  /// Another run, whose networks and state this one begins with at step 0; empty: it begins as the
  /// task is.
  std::filesystem::path start{};
};

/// Whether what a run shall begin from is another run, and no model: a folder is.
[[nodiscard]] bool is_run(const std::filesystem::path& initial);
/// What a recipe says of it: the digest `of_model`, SHA-256 of a run's networks and state, or
/// nothing where it is empty. Throws Error bad_input when the run has no checkpoint.
[[nodiscard]] std::string digest_of_initial(
    const std::filesystem::path& initial,
    const std::function<std::string(const std::filesystem::path&)>& of_model);

/// Runs a task to its last step.
///
/// The folder holds checkpoint.safetensors (the last; a run that finds one of the same recipe goes
/// on from it), log.jsonl, losses.svg, model.safetensors (the best held-out average so far) and
/// previews. A run ended by `kill -9` repeats the steps since its last checkpoint exactly, on the
/// same device with the same number of threads. Of several processes each computes its share;
/// the leading one writes.
///
/// Throws Error invalid_argument when the folder's checkpoint has another recipe, or not all
/// processes find the same one; bad_input when the run to begin from has none, or networks of
/// another form.
RunReport run(Task& task, const TrainOptions& options, const RunPlace& place, Group& group,
              const RunListeners& listeners, std::stop_token stop);

}  // namespace atelier::train
