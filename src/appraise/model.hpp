// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <vector>

#include "appraise/emotion_head.hpp"
#include "appraise/logistic.hpp"
#include "appraise/machine_head.hpp"
#include "appraise/outside.hpp"
#include "train/model_file.hpp"

namespace atelier::appraise {

/// All that `appraise` has learned: heads on what Eyes show.
struct Model {
  /// Classes, a head on rows as they are seen, and the temperature of its logits.
  struct Classes {
    std::vector<std::string> names;
    Linear head;
    double temperature = 1;
  };

  std::string eyes;  ///< Eyes::digest() of the rows that it reads
  Classes style;
  Outside outside;                ///< on rows as they are seen
  at::Tensor outside_mean;        ///< D: what the axes are laid through
  Classes content;                ///< on Eyes' head; without names where nothing was learned
  std::vector<Feeling> feelings;  ///< that are offered
  Linear emotion;                 ///< one output for each
  at::Tensor hand_axes;           ///< D x K, from rows less outside_mean (hand.hpp)
  at::Tensor hand_others;         ///< N x K: hands of the works that were learned from
  MachineHead machines;           ///< without a head where nothing was learned
  std::string digest;             ///< SHA-256 of the tensors, when loaded
};

[[nodiscard]] const train::ModelKind& appraisal_kind();

/// Weights in float16. Throws Error io.
void save_model(const Model& model, const std::filesystem::path& path);

/// Throws Error missing_weights when there is no such file; bad_input when it is none or damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path);

}  // namespace atelier::appraise
