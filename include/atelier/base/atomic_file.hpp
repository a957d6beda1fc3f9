// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace atelier {

/// A file that appears whole or not at all: written beside its target under a temporary name,
/// flushed to disk and renamed over the target by commit(). Without commit() the destructor removes
/// it.
class AtomicFile {
 public:
  /// The temporary name keeps the target's suffix, for writers that choose a format by it.
  /// Throws Error io when the folder does not exist or cannot be written.
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where to write. The file exists and is empty.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return temporary_; }

  /// Throws Error io when the content cannot be brought to disk.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
};

/// Throws Error io: `target` cannot be written, for this reason of the system's (errno).
[[noreturn]] void fail_writing(const std::filesystem::path& target, int error);

/// Replaces `target` by `content` at once. Throws Error io.
void write_file(const std::filesystem::path& target, std::string_view content);

/// A whole file of at most `limit` bytes. Throws Error bad_input when it is missing, unreadable or
/// larger.
[[nodiscard]] std::string read_file(const std::filesystem::path& path, std::uintmax_t limit);

}  // namespace atelier
