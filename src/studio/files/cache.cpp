// SPDX-License-Identifier: Apache-2.0
#include "studio/files/cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

struct Kept {
  fs::file_time_type used;
  std::int64_t bytes;
  fs::path path;
};

std::vector<Kept> kept_in(const fs::path& folder) {
  std::vector<Kept> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    if (!it->is_regular_file(gone)) continue;
    const auto bytes = static_cast<std::int64_t>(it->file_size(gone));
    const fs::file_time_type used = it->last_write_time(gone);
    if (!gone) files.push_back({used, bytes, it->path()});
  }
  return files;
}

}  // namespace

void Cache::touch(const fs::path& file) {
  ::utimensat(AT_FDCWD, file.c_str(), nullptr, 0);
}

void Cache::trim() const {
  std::vector<Kept> files = kept_in(folder_);
  std::int64_t bytes = 0;
  for (const Kept& file : files) bytes += file.bytes;
  if (bytes <= most_bytes_) return;
  std::sort(files.begin(), files.end(),
            [](const Kept& a, const Kept& b) { return a.used < b.used; });
  for (const Kept& file : files) {
    if (bytes <= most_bytes_ / 5 * 4) return;
    std::error_code ignored;
    fs::remove(file.path, ignored);
    bytes -= file.bytes;
  }
}

void Cache::trim_at_times() {
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - trimmed_ < std::chrono::minutes(1)) return;
  trimmed_ = now;
  trim();
}

}  // namespace atelier::studio
