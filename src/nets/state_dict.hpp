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

/// Elements that tensors are windows of, as a torch file names them.
struct Storage {
  DType type = DType::f32;
  std::int64_t elements = 0;
};

/// One tensor of a state dict. Its window is checked to lie inside its storage and to show no more
/// elements than that holds.
struct StoredTensor {
  std::string storage;  ///< key in StateDict::storages
  std::int64_t offset = 0;
  std::vector<std::int64_t> sizes, strides;  ///< in elements
};

/// What a pickled state dict says, without the data.
struct StateDict {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, Storage> storages;
  std::size_t size = 0;  ///< bytes of the pickle
};

/// Reads the pickled dict that `bytes` begin with; one under the key "state_dict" is found too.
/// Values other than tensors are left out.
///
/// Source: torch/_utils.py (_rebuild_tensor_v2, _rebuild_parameter) and torch/serialization.py
/// (persistent ids: 'storage', type, key, device, element count).
/// Throws Error bad_input as read_pickle does, and when a tensor or storage is not as described
/// above.
[[nodiscard]] StateDict read_state_dict(std::span<const std::byte> bytes);

/// A torch file of the form used before PyTorch 1.6: pickles of a magic number, the protocol
/// version 1001, facts of the system, the state dict and the storages' order, then for every
/// storage its element count and its elements.
struct LegacyTorchFile {
  StateDict dict;
  std::map<std::string, std::span<const std::byte>> data;  ///< by storage key, into the given bytes
};

[[nodiscard]] bool is_legacy_torch_file(std::span<const std::byte> bytes);

/// Throws Error bad_input when the file is not whole and little-endian.
[[nodiscard]] LegacyTorchFile read_legacy_torch_file(std::span<const std::byte> bytes);

}  // namespace atelier::nets
