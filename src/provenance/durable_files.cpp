// SPDX-License-Identifier: Apache-2.0
#include "provenance/durable_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <future>

#include "atelier/base/atomic_file.hpp"
#include "provenance/descriptor.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& path, int flags) {
  const Descriptor file(path, flags);
  if (file.get() < 0 || ::fsync(file.get()) != 0) fail_writing(path, errno);
}

/// Flushes all of them, several at a time: a disk brings together what waits for it together, so
/// that many files cost little more than one.
void flush_all(const std::vector<fs::path>& paths, int flags) {
  constexpr std::size_t most_threads = 16;
  std::atomic<std::size_t> next = 0;
  std::vector<std::future<void>> threads;
  for (std::size_t i = 0; i < std::min(most_threads, paths.size()); ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      for (std::size_t at = next++; at < paths.size(); at = next++) flush(paths[at], flags);
    }));
  }
  for (std::future<void>& thread : threads) thread.wait();
  for (std::future<void>& thread : threads) thread.get();
}

}  // namespace

void flush_folder(const fs::path& folder) {
  flush(folder, O_RDONLY | O_DIRECTORY);
}

void make_durable_folder(const fs::path& folder, mode_t mode) {
  if (folder.empty() || fs::is_directory(folder)) return;
  const fs::path above = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  make_durable_folder(above, mode);
  if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST) fail_writing(folder, errno);
  flush_folder(above);
}

DurableFiles::DurableFiles(fs::path aside) : aside_(std::move(aside)) {}

DurableFiles::~DurableFiles() {
  for (const File& file : files_) ::unlink(file.aside.c_str());
}

void DurableFiles::add(fs::path target, std::string_view bytes, mode_t mode) {
  const fs::path aside = aside_ / std::to_string(names_++);
  const Descriptor file(aside, O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (file.get() < 0) fail_writing(target, errno);
  files_.push_back({std::move(target), aside});
  if (!write_all(file.get(), bytes)) fail_writing(files_.back().target, errno);
  // The disk may begin at once; commit() waits for it.
  ::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

void DurableFiles::commit() {
  std::vector<fs::path> asides, folders;
  for (const File& file : files_) asides.push_back(file.aside);
  flush_all(asides, O_RDONLY);
  for (const File& file : files_) {
    const fs::path folder = file.target.parent_path();
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) {
      make_durable_folder(folder);
      folders.push_back(folder);
    }
    if (::rename(file.aside.c_str(), file.target.c_str()) != 0) fail_writing(file.target, errno);
  }
  files_.clear();
  flush_all(folders, O_RDONLY | O_DIRECTORY);
}

}  // namespace atelier::provenance
