// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "nets/plain_safetensors.hpp"
#include "train/model_kind.hpp"

namespace atelier::train {

/// A model's file (model_file.hpp), read without torch.
struct PlainModelFile {
  nets::PlainSafetensors content;
  std::string digest;  ///< SHA-256 of the tensors
};

/// Throws Error missing_weights, with the command that trains one, when there is no such file;
/// bad_input when it is no model of this kind or its tensors have another digest than it says.
[[nodiscard]] PlainModelFile load_plain_model_file(const std::filesystem::path& path,
                                                   const ModelKind& kind);

}  // namespace atelier::train
