// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::provenance {

/// Files that are on disk, with the folders that name them, when commit() returns, even if the
/// power fails after that. Each is written aside, flushed and renamed, so that none is ever seen
/// half; a batch is not one act: a process that is killed leaves some of it.
class DurableFiles {
 public:
  /// `aside`: a folder on the same disk as all targets, which nobody else uses and which exists.
  explicit DurableFiles(std::filesystem::path aside);
  /// Takes away what was not committed.
  ~DurableFiles();
  DurableFiles(const DurableFiles&) = delete;
  DurableFiles& operator=(const DurableFiles&) = delete;

  /// Writes what `target` will hold. Folders above it are made by commit(). Throws Error io.
  void add(std::filesystem::path target, std::string_view bytes, mode_t mode = 0644);
  /// Throws Error io.
  void commit();

 private:
  struct File {
    std::filesystem::path target, aside;
  };
  std::filesystem::path aside_;
  std::vector<File> files_;
  std::size_t names_ = 0;
};

/// Makes a folder and those above it, each with `mode`, and brings their names to disk. Throws
/// Error io.
void make_durable_folder(const std::filesystem::path& folder, mode_t mode = 0755);

/// Throws Error io when a folder's names cannot be brought to disk.
void flush_folder(const std::filesystem::path& folder);

}  // namespace atelier::provenance
