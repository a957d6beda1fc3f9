// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace atelier {

/// Where scratch memory lies: in the folder that TMPDIR names, or else in /var/tmp, since /tmp lies
/// in memory on many systems.
[[nodiscard]] std::filesystem::path scratch_folder();

/// Zeroed memory of a nameless file, for what is too large to be held: its pages go to disk when
/// they are let go of, and come back when they are looked at. The file takes its room on the disk
/// at once and is gone with this, or with the program.
class ScratchMemory {
 public:
  /// In scratch_folder(). Throws Error io when there is no room.
  explicit ScratchMemory(std::size_t bytes);
  ~ScratchMemory();
  ScratchMemory(const ScratchMemory&) = delete;
  ScratchMemory& operator=(const ScratchMemory&) = delete;

  [[nodiscard]] std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Takes pages of scratch memory out of the program's own; what stands in them stays. Other threads
/// may be using them. `memory` must lie in scratch memory: elsewhere this would lose it.
void let_go_of_scratch(std::span<const std::byte> memory) noexcept;

}  // namespace atelier
