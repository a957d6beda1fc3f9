// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "nets/plain_tensor.hpp"

namespace atelier {
class MappedFile;
}

namespace atelier::nets {

/// A safetensors file, read without torch and without a copy.
struct PlainSafetensors {
  PlainTensorMap tensors;
  std::map<std::string, std::string> metadata;
  std::shared_ptr<const MappedFile> file;  ///< that the tensors lie in; null: the caller keeps them
};

/// Throws Error bad_input as parse_safetensors does (safetensors_header.hpp). The tensors lie in
/// `bytes`.
[[nodiscard]] PlainSafetensors read_plain_safetensors(std::span<const std::byte> bytes);

[[nodiscard]] PlainSafetensors read_plain_safetensors(std::shared_ptr<const MappedFile> file);

/// Maps and reads a file of at most 4 GiB.
[[nodiscard]] PlainSafetensors read_plain_safetensors(const std::filesystem::path& path);

}  // namespace atelier::nets
