// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "nets/safetensors.hpp"

namespace atelier::nets {

// Safetensors files that one run of the program leaves for another, such as checkpoints. Their
// metadata tells their format and the SHA-256 of all tensors, so that a file of another kind or a
// damaged one is known for what it is.

/// Writes it; it appears whole or not at all, so that `kill -9` at any moment leaves the last one.
/// Throws Error io.
void write_sealed(const std::filesystem::path& path, const std::string& format,
                  Safetensors content);

/// Nothing when there is no such file. The tensors lie in the file's memory and must not be written
/// to. Throws Error bad_input when it is of another format or damaged.
[[nodiscard]] std::optional<Safetensors> read_sealed(const std::filesystem::path& path,
                                                     const std::string& format);

}  // namespace atelier::nets
