// SPDX-License-Identifier: Apache-2.0
#include "studio/files/file_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "studio/commands/request.hpp"
#include "studio/files/file_type.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    fail(ErrorKind::io, "{} cannot be made ({}); choose another --data.", folder.string(),
         error.message());
  }
}

void flush(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool whole = file >= 0 && ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!whole) fail_writing(path, error);
}

}  // namespace

FileStore::FileStore(fs::path folder) : folder_(std::move(folder)) {
  make_folder(folder_ / "files");
  make_folder(incoming());
}

fs::path FileStore::path(std::string_view digest) const {
  assert(is_digest(digest));
  return folder_ / "files" / std::string(digest.substr(0, 2)) / std::string(digest);
}

void FileStore::keep(const fs::path& file, std::string_view digest, bool durable) const {
  const fs::path target = path(digest);
  make_folder(target.parent_path());
  ::chmod(file.c_str(), S_IRUSR);
  if (durable) flush(file, O_RDONLY);
  if (::rename(file.c_str(), target.c_str()) != 0) fail_writing(target, errno);
  if (durable) flush(target.parent_path(), O_RDONLY | O_DIRECTORY);
}

void FileStore::remove(std::string_view digest) const {
  std::error_code ignored;
  fs::remove(path(digest), ignored);
}

void FileStore::place(std::string_view digest, const fs::path& as) const {
  const fs::path from = path(digest);
  make_folder(as.parent_path());
  std::error_code error;
  fs::create_hard_link(from, as, error);
  if (!error) return;
  if (!fs::exists(from)) fail(ErrorKind::bad_input, "file {} is no longer there.", digest);
  fs::copy_file(from, as, error);
  if (error) fail(ErrorKind::io, "{} cannot be written ({}).", as.string(), error.message());
}

void FileStore::forget_incoming() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(incoming(), ignored)) {
    fs::remove_all(entry.path(), ignored);
  }
}

Upload::Upload(const FileStore& store, std::int64_t most_bytes) : most_(most_bytes) {
  std::string name = (store.incoming() / "XXXXXX").string();
  file_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) fail_writing(store.incoming(), errno);
  path_ = name;
}

Upload::~Upload() {
  ::close(file_);
  std::error_code ignored;
  fs::remove(path_, ignored);
}

bool Upload::append(std::string_view bytes) {
  if (static_cast<std::int64_t>(bytes.size()) > most_ - bytes_) return false;
  bytes_ += static_cast<std::int64_t>(bytes.size());
  if (head_.size() < sniffed_bytes) {
    head_ += bytes.substr(0, std::min(bytes.size(), sniffed_bytes - head_.size()));
  }
  hash_.update(bytes);
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_writing(path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string Upload::digest() {
  std::string text;
  for (const std::uint8_t byte : hash_.finish()) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace atelier::studio
