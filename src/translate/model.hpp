// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "train/parameters.hpp"

namespace atelier::translate {

/// A trained translator, as it is shipped: both networks.
struct Model {
  int width = 0;
  std::unique_ptr<train::Parameters> there, back;
  std::int64_t step = 0;  ///< of its training
  std::string digest;     ///< SHA-256 of its tensors
};

/// Writes weights in half precision as safetensors. Throws Error io.
void save_model(const std::filesystem::path& path, int width, const train::Parameters& there,
                const train::Parameters& back, std::int64_t step);

/// Throws Error missing_weights when there is no such file, bad_input when it is no such model or
/// damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path, at::Device device);

}  // namespace atelier::translate
