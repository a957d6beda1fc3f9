// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "sequence/form.hpp"
#include "sequence/model.hpp"
#include "sequence/text_knowledge.hpp"
#include "train/parameters.hpp"

namespace atelier::sequence {

/// Writes weights in half precision, the tokenizer and what was seen as bytes, as safetensors.
/// Throws Error io.
void save_model(const std::filesystem::path& path, const SequenceForm& form,
                const TextKnowledge& knowledge, const train::Parameters& parameters,
                std::int64_t step);

/// A model's parameters to go on training.
[[nodiscard]] train::Parameters trained_parameters(const Model& model, at::Device device);

}  // namespace atelier::sequence
