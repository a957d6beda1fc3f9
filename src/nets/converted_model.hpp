// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "atelier/nets/models.hpp"
#include "nets/input_convention.hpp"
#include "nets/model_place.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// A model as FeatureNet loads it: NAME.safetensors, checked.
struct ConvertedModel {
  TensorMap weights;  ///< convB_C.weight, convB_C.bias
  InputConvention convention;
  std::string digest;  ///< SHA-256 of the file
};

/// Reads the file once, checks the digest of what was read, and parses that.
/// Throws Error missing_weights when it is not there or not the expected one.
[[nodiscard]] ConvertedModel load_converted(const ModelInfo& model,
                                            const std::filesystem::path& models);

/// Writes NAME.safetensors and NAME.sha256 with where the weights come from; makes the folder.
/// The bytes depend on the arguments alone. Throws Error io.
void save_converted(const ModelInfo& model, const TensorMap& weights, const std::string& input,
                    const std::string& source_sha256, const std::filesystem::path& models);

/// Takes the file at converted_path() itself into the folder. Throws Error io.
void save_converted_bytes(const ModelInfo& model, const std::string& bytes,
                          const std::filesystem::path& models);

}  // namespace atelier::nets
