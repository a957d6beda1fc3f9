// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier {

/// A new folder that only its owner may enter; it goes with everything in it.
class TemporaryFolder {
 public:
  /// Where TMPDIR says, or else in /tmp. Throws Error io when nothing can be written there.
  TemporaryFolder();
  /// In `parent`, which is made when it is missing. Throws Error io when it cannot be written.
  explicit TemporaryFolder(const std::filesystem::path& parent);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace atelier
