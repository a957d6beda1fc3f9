// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace atelier {

/// A file as memory, read when it is looked at. Stays what it was when another file takes its name.
/// For files that nobody writes to in place, such as weights in the models' folder, which
/// AtomicFile replaces by renaming: where one is cut short, looking beyond its end kills the
/// process (SIGBUS).
class MappedFile {
 public:
  /// Throws Error bad_input when the file cannot be read or is larger than `max_bytes`.
  explicit MappedFile(const std::filesystem::path& path, std::uintmax_t max_bytes);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Tells the system that what lies here will not be looked at for long: pages of mapped files leave
/// memory and are read again when needed; other memory stays as it is.
void not_needed_soon(std::span<const std::byte> memory) noexcept;

}  // namespace atelier
