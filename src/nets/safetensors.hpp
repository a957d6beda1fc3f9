// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "nets/plain_safetensors.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::nets {

struct Safetensors {
  TensorMap tensors;  ///< on the processor, contiguous, in the file's types
  std::map<std::string, std::string> metadata;
};

/// Throws Error bad_input as parse_safetensors does (safetensors_header.hpp).
[[nodiscard]] Safetensors read_safetensors(std::span<const std::byte> bytes);

/// The same without a copy: tensors lie in the file's memory and keep it. They must not be written
/// to.
[[nodiscard]] Safetensors read_safetensors(const std::shared_ptr<const MappedFile>& file);

/// Maps and reads a file of at most 4 GiB.
[[nodiscard]] Safetensors read_safetensors(const std::filesystem::path& path);

/// What was read without torch, as tensors that lie in its file's memory and keep it. They must not
/// be written to.
[[nodiscard]] TensorMap tensors_of(const PlainSafetensors& plain);

/// Writes the tensors in the order of their names, so that the same content gives the same bytes.
/// The header is padded with spaces to eight bytes, which aligns the data. The file appears whole
/// or not. Throws Error io when it cannot be written.
void write_safetensors(const std::filesystem::path& path, const Safetensors& content);

}  // namespace atelier::nets
