// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>

#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// The tensors of a file that torch.save wrote from a state dict, in the zip form (since
/// PyTorch 1.6) or the one before it. Nothing in the file is executed (pickle.hpp); tensors are
/// copied, contiguous.
///
/// Limits: files and their data to 4 GiB.
/// Throws Error bad_input when it is neither, is damaged, or wants to run code; missing_capability
/// when it is a zip file and this build has no libzip.
[[nodiscard]] TensorMap read_torch_file(const std::filesystem::path& path);

/// The same from memory.
[[nodiscard]] TensorMap read_torch_file(std::span<const std::byte> bytes);

}  // namespace atelier::nets
