// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <vector>

#include "appraise/feeling.hpp"
#include "train/model_file.hpp"

namespace atelier::appraise {

/// What readers feel, by words alone: each word has a share of readers for each emotion, as if the
/// poem were this word and no other; a poem's share is their mean, each word counting by its
/// rarity.
struct TextModel {
  std::vector<std::string> words;
  at::Tensor rarity;              ///< V, float64, at least 0
  at::Tensor shares;              ///< V x E, float64; not within 0..1 by themselves
  std::vector<Feeling> feelings;  ///< E, those that are offered
  std::string digest;             ///< SHA-256 of the tensors, when loaded
};

[[nodiscard]] const train::ModelKind& text_model_kind();

/// Numbers in float16. Throws Error io.
void save_text_model(const TextModel& model, const std::filesystem::path& path);

/// Throws Error missing_weights when there is no such file; bad_input when it is none or damaged.
[[nodiscard]] TextModel load_text_model(const std::filesystem::path& path);

}  // namespace atelier::appraise
