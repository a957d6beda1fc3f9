// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gan/generator.hpp"
#include "gan/norms.hpp"
#include "train/parameters.hpp"

namespace atelier::gan {

/// A trained generator with all that it needs, as it is shipped.
struct Model {
  GeneratorForm form;
  std::vector<std::string> classes;
  std::unique_ptr<train::Parameters> parameters;
  Norms norms;
  std::int64_t step = 0;  ///< of its training
  std::string digest;     ///< SHA-256 of its tensors
};

/// Writes weights in half precision and norms in single, as safetensors. Throws Error io.
void save_model(const std::filesystem::path& path, const GeneratorForm& form,
                const std::vector<std::string>& classes, const train::Parameters& parameters,
                const Norms& norms, std::int64_t step);

/// Throws Error missing_weights when there is no such file, bad_input when it is no such model or
/// damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path, at::Device device);

}  // namespace atelier::gan
