// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "nets/tensor_map.hpp"

namespace atelier::train {

/// All that a run needs to go on as if it had not ended. Chance needs no state: it is a function of
/// seed and step (sample_order.hpp).
struct Checkpoint {
  nets::TensorMap tensors;
  std::int64_t step = 0;  ///< steps done
  double seconds = 0;     ///< spent on them
  double best = 0;        ///< least held-out loss so far; 0: none yet
  std::string recipe;     ///< JSON of all options that the result depends on
};

/// Writes a safetensors file with the SHA-256 of all tensors in its metadata. It appears whole or
/// not at all, so that `kill -9` at any moment leaves the last one. Throws Error io.
void save(const Checkpoint& checkpoint, const std::filesystem::path& path);

/// Nothing when there is no such file. Throws Error bad_input when it is damaged or no checkpoint.
[[nodiscard]] std::optional<Checkpoint> load_checkpoint(const std::filesystem::path& path);

using nets::digest_of;

}  // namespace atelier::train
