// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "sequence/form.hpp"
#include "sequence/text_knowledge.hpp"
#include "train/plain_parameters.hpp"

namespace atelier::sequence {

/// A trained model with all that it needs, as it is shipped; read without libtorch.
struct Model {
  SequenceForm form;
  TextKnowledge knowledge;
  train::PlainParameters parameters;
  std::int64_t step = 0;  ///< of its training
  std::string digest;     ///< SHA-256 of its tensors
};

/// Throws Error missing_weights when there is no such file, bad_input when it is no such model or
/// damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path);

}  // namespace atelier::sequence
