// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sequence/form.hpp"
#include "sequence/text_knowledge.hpp"
#include "train/parameters.hpp"

namespace atelier::sequence {

/// A trained model with all that it needs, as it is shipped.
struct Model {
  SequenceForm form;
  TextKnowledge knowledge;
  std::unique_ptr<train::Parameters> parameters;
  std::int64_t step = 0;  ///< of its training
  std::string digest;     ///< SHA-256 of its tensors
};

/// Writes weights in half precision, the tokenizer and what was seen as bytes, as safetensors.
/// Throws Error io.
void save_model(const std::filesystem::path& path, const SequenceForm& form,
                const TextKnowledge& knowledge, const train::Parameters& parameters,
                std::int64_t step);

/// Throws Error missing_weights when there is no such file, bad_input when it is no such model or
/// damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path, at::Device device);

}  // namespace atelier::sequence
