// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace atelier {

/// Largest resident set of this process so far, in bytes.
[[nodiscard]] std::int64_t peak_rss_bytes();

/// Memory that can be taken without swapping, in bytes: MemAvailable, or the control group's rest
/// if less.
[[nodiscard]] std::int64_t available_memory_bytes();

/// Free bytes for us on the disk that holds `path` or its nearest existing parent.
[[nodiscard]] std::int64_t free_disk_bytes(const std::filesystem::path& path);

/// Processors this process may run on.
[[nodiscard]] int processor_count();

/// The processor's name and those of its features that our kernels choose by: "avx2", "avx512f",
/// "avx512_bf16", "amx_bf16", ...
struct Processor {
  std::string name;
  std::vector<std::string> features;
};
[[nodiscard]] Processor processor();

}  // namespace atelier
