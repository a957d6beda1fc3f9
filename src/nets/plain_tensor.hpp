// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "nets/dtype.hpp"

namespace atelier::nets {

/// A tensor as it lies in memory that something else keeps: row-major, little-endian. Free of
/// torch, so that a program which computes without it need not load it.
struct PlainTensor {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
};

/// Weights by name.
using PlainTensorMap = std::map<std::string, PlainTensor>;

/// Its numbers as float32, exactly those of float16 and bfloat16. Throws Error bad_input for a type
/// that is not of floating point.
[[nodiscard]] std::vector<float> numbers_of(const PlainTensor& tensor);

/// SHA-256 of tensors' names, types, shapes and bytes.
class TensorsDigest {
 public:
  /// In the order of names.
  void add(const std::string& name, const PlainTensor& tensor);
  [[nodiscard]] std::string finish() const;

 private:
  std::string list_;  // a line each
};

[[nodiscard]] std::string digest_of(const PlainTensorMap& tensors);

}  // namespace atelier::nets
