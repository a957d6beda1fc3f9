// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "nets/dtype.hpp"

namespace atelier::nets {

/// Where one tensor lies in a safetensors file.
struct SafetensorsEntry {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, end = 0;  ///< bytes from the file's start
};

struct SafetensorsHeader {
  std::map<std::string, SafetensorsEntry> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads and checks the head of a safetensors file; `bytes` is the whole file.
///
/// Source: https://github.com/huggingface/safetensors, "Format": eight bytes of the header's
/// length, little-endian; a JSON object of tensors by name with dtype, shape and data_offsets, and
/// __metadata__ of strings; the data, row-major and little-endian. Throws Error bad_input when the
/// header exceeds 100 MB or the file, is no such JSON, holds a name twice, a type we do not read or
/// more than a million values, or when the tensors' ranges do not have their shapes' sizes or do
/// not cover the data exactly once.
[[nodiscard]] SafetensorsHeader parse_safetensors(std::span<const std::byte> bytes);

/// The name of an element type in the format: "F32".
[[nodiscard]] std::string safetensors_name(DType type);

}  // namespace atelier::nets
