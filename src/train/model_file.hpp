// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "nets/tensor_map.hpp"
#include "train/model_kind.hpp"

namespace atelier::train {

/// What a model's file holds besides the format and its digest.
struct ModelFile {
  nets::TensorMap tensors;
  std::map<std::string, std::string> metadata;
  std::string digest;  ///< SHA-256 of the tensors
};

/// Writes a safetensors file; it appears whole or not at all. Throws Error io.
void save_model_file(const std::filesystem::path& path, const ModelKind& kind,
                     const nets::TensorMap& tensors, std::map<std::string, std::string> metadata);

/// Throws Error missing_weights, with the command that trains one, when there is no such file;
/// bad_input when it is no model of this kind or its tensors have another digest than it says.
[[nodiscard]] ModelFile load_model_file(const std::filesystem::path& path, const ModelKind& kind);

}  // namespace atelier::train
