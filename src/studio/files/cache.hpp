// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>

namespace atelier::studio {

/// Files of a folder that may be brought again, of which the least used go when they are too many.
/// All methods may be called from any thread.
class Cache {
 public:
  Cache(std::filesystem::path folder, std::int64_t most_bytes)
      : folder_(std::move(folder)), most_bytes_(most_bytes) {}

  /// The file was used now.
  static void touch(const std::filesystem::path& file);
  /// Removes what was used least until four fifths of the limit are left. Who has a file open, or
  /// under another name, keeps it.
  void trim() const;
  /// The same, unless that was done within the last minute.
  void trim_at_times();

 private:
  std::filesystem::path folder_;
  std::int64_t most_bytes_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point trimmed_{};
};

}  // namespace atelier::studio
