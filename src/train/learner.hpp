// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "train/group.hpp"
#include "train/parameters.hpp"
#include "train/schedule.hpp"

namespace atelier::train {

/// How parameters are moved.
struct LearnerOptions {
  Schedule schedule;
  bool orthogonal = false;  ///< matrices by Muon, tables and the rest by AdamW; false: all by it
  double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;
  double weight_decay = 0;
  double clip = 1;         ///< greatest norm of the gradient; 0: any
  double average = 0.999;  ///< decay of the average of parameters; 0: none
};

/// Parameters and all that moves them. Each step: the mean gradient of all processes, cut to a
/// norm; AdamW or Muon; then the average.
///
/// Muon moves each matrix (a convolution's filters: one row each) along its orthogonalised momentum
/// instead, so long that it changes each weight as much in the mean as AdamW does; so both share
/// one learning rate.
///
/// Sources: Kingma, Ba, "Adam", ICLR 2015; Loshchilov, Hutter, "Decoupled weight decay
/// regularization", ICLR 2019; Polyak, Juditsky, "Acceleration of stochastic approximation by
/// averaging", 1992; orthogonal.hpp; Liu et al., "Muon is scalable for LLM training", 2025.
/// Differs: the average's decay at step t is at most (1 + t) / (10 + t), so that it forgets the
/// start.
class Learner {
 public:
  Learner(std::string name, Parameters parameters, const LearnerOptions& options);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Parameters& parameters() noexcept { return parameters_; }
  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  /// The averaged parameters: those to paint with.
  [[nodiscard]] Parameters& average() noexcept { return average_; }
  [[nodiscard]] const Parameters& average() const noexcept { return average_; }

  /// Takes these values as the start, for both. Throws Error as Parameters::load().
  void begin_from(const nets::TensorMap& tensors);
  /// The parameters of another run's state() as the start, for both. Throws Error as restore().
  void begin_from_state(const nets::TensorMap& state);

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
  /// All parameters that are matrices of one shape, which are turned together.
  struct Matrices {
    std::int64_t rows, columns;
    at::Tensor where;  ///< their numbers' places among all, one matrix after the other
  };
  /// Copies a part of a state.
  void take(const nets::TensorMap& state, const char* part, const at::Tensor& to) const;
  [[nodiscard]] static std::vector<Matrices> matrices_of(const Parameters& parameters);
  /// Muon's direction in the place of AdamW's, where a parameter is a matrix.
  [[nodiscard]] at::Tensor with_turned_matrices(const at::Tensor& direction);

  std::string name_;
  Parameters parameters_, average_;
  LearnerOptions options_;
  std::vector<Matrices> matrices_;
  at::Tensor source_;          // of each number: its place in AdamW's direction, then matrices_'
  at::Tensor first_, second_;  // moments
};

}  // namespace atelier::train
