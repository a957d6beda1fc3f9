// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "train/group.hpp"
#include "train/parameters.hpp"
#include "train/schedule.hpp"

namespace atelier::train {

/// How parameters are moved.
struct LearnerOptions {
  Schedule schedule;
  double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;
  double weight_decay = 0;
  double clip = 1;         ///< greatest norm of the gradient; 0: any
  double average = 0.999;  ///< decay of the average of parameters; 0: none
};

/// Parameters and all that moves them. Each step: the mean gradient of all processes, cut to a
/// norm; AdamW; then the average.
///
/// Sources: Kingma, Ba, "Adam", ICLR 2015; Loshchilov, Hutter, "Decoupled weight decay
/// regularization", ICLR 2019; Polyak, Juditsky, "Acceleration of stochastic approximation by
/// averaging", 1992. Differs: the average's decay at step t is at most (1 + t) / (10 + t), so that
/// it forgets the start.
class Learner {
 public:
  Learner(std::string name, Parameters parameters, const LearnerOptions& options);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Parameters& parameters() noexcept { return parameters_; }
  /// The averaged parameters: those to paint with.
  [[nodiscard]] Parameters& average() noexcept { return average_; }

  /// Takes these values as the start, for both. Throws Error as Parameters::load().
  void begin_from(const nets::TensorMap& tensors);

  struct Report {
    double rate = 0;
    double norm = 0;    ///< of the gradient before it was cut
    bool taken = true;  ///< false: the gradient was not finite and nothing moved
  };
  /// One step from the gradients that were added up since the last one; `step` counts from 0.
  /// Gradients are zero afterwards.
  Report step(std::int64_t step, Group& group);

  /// All that the next step depends on, by name.
  [[nodiscard]] nets::TensorMap state() const;
  /// Throws Error bad_input when something is missing or of another shape.
  void restore(const nets::TensorMap& state);

 private:
  std::string name_;
  Parameters parameters_, average_;
  LearnerOptions options_;
  at::Tensor first_, second_;  // moments
};

}  // namespace atelier::train
