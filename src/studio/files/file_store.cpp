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
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "studio/commands/request.hpp"
#include "studio/files/cache.hpp"
#include "studio/files/file_type.hpp"
#include "studio/files/object_store.hpp"
#include "studio/random_text.hpp"

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

/// Renames, or copies to another file system in two steps, so that `to` is whole or not there.
void move(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return;
  if (errno != EXDEV) fail_writing(to, errno);
  const fs::path beside = fmt::format("{}.{}", to.string(), random_text(8));
  std::error_code error;
  fs::copy_file(from, beside, error);
  if (!error) flush(beside, O_RDONLY);
  if (!error) fs::rename(beside, to, error);
  if (error) fail(ErrorKind::io, "{} cannot be written ({}).", to.string(), error.message());
  fs::remove(from, error);
}

void move_durably(const fs::path& from, const fs::path& to) {
  flush(from, O_RDONLY);
  move(from, to);
  flush(to.parent_path(), O_RDONLY | O_DIRECTORY);
}

std::string file_key(std::string_view digest) {
  return fmt::format("files/{}/{}", digest.substr(0, 2), digest);
}

std::string preview_key(std::string_view digest) {
  return fmt::format("previews/{}", digest);
}

[[noreturn]] void no_such_file(std::string_view digest) {
  fail(ErrorKind::bad_input, "file {} is no longer there.", digest);
}

std::string checkpoint_key(const std::string& name, std::string_view companion) {
  return fmt::format("checkpoints/{}{}{}", name, companion.empty() ? "" : ".", companion);
}

/// Gives the file a second name, without copying where the system can.
void link_or_copy(const fs::path& from, const fs::path& as) {
  std::error_code error;
  fs::create_hard_link(from, as, error);
  if (!error) return;
  fs::copy_file(from, as, error);
  if (error) fail(ErrorKind::io, "{} cannot be written ({}).", as.string(), error.message());
}

/// Has an object here, whole and of its digest. False: the store does not have it.
bool bring(const ObjectStore& objects, const std::string& key, const fs::path& to,
           std::string_view digest) {
  make_folder(to.parent_path());
  const fs::path piece = fmt::format("{}.{}", to.string(), random_text(8));
  if (!objects.get(key, piece)) return false;
  if (sha256_file(piece) != digest) {
    std::error_code ignored;
    fs::remove(piece, ignored);
    fail(ErrorKind::bad_input, "file {} came damaged from its store; put it there anew.", digest);
  }
  move(piece, to);
  return true;
}

}  // namespace

FileStore::FileStore(const Place& place) : own_(place.data), folder_(place.data) {
  if (is_object_store(place.files)) {
    objects_ = open_objects(place.files);
    folder_ = own_ / "cache";
    cache_ = std::make_unique<Cache>(folder_, place.cache_bytes);
  } else if (!place.files.empty()) {
    folder_ = place.files;
  }
  make_folder(folder_ / "files");
  make_folder(folder_ / "previews");
  make_folder(folder_ / "checkpoints");
  make_folder(incoming());
}

FileStore::~FileStore() = default;

fs::path FileStore::path(std::string_view digest) const {
  assert(is_digest(digest));
  return folder_ / "files" / std::string(digest.substr(0, 2)) / std::string(digest);
}

fs::path FileStore::preview_path(std::string_view digest) const {
  assert(is_digest(digest));
  return folder_ / "previews" / std::string(digest);
}

bool FileStore::has(std::string_view digest) const {
  return objects_ ? objects_->has(file_key(digest)) : fs::exists(path(digest));
}

fs::path FileStore::fetch(std::string_view digest) const {
  fs::path here = path(digest);
  if (fs::exists(here)) {
    if (cache_) Cache::touch(here);
    return here;
  }
  if (!objects_ || !bring(*objects_, file_key(digest), here, digest)) no_such_file(digest);
  cache_->trim_at_times();
  return here;
}

void FileStore::offer(const fs::path& file, std::string_view digest) const {
  if (objects_ && fs::exists(file) && !objects_->has(file_key(digest)))
    objects_->put(file_key(digest), file);
}

void FileStore::withdraw(std::string_view digest) const {
  if (objects_) objects_->remove(file_key(digest));
}

void FileStore::keep(const fs::path& file, std::string_view digest) const {
  const fs::path target = path(digest);
  if (!fs::exists(file) && has(digest)) return;
  offer(file, digest);
  make_folder(target.parent_path());
  ::chmod(file.c_str(), S_IRUSR | S_IRGRP);
  move_durably(file, target);
}

void FileStore::remove(std::string_view digest) const {
  if (objects_) objects_->remove(file_key(digest));
  std::error_code ignored;
  fs::remove(path(digest), ignored);
}

void FileStore::place(std::string_view digest, const fs::path& as) const {
  const fs::path from = fetch(digest);
  make_folder(as.parent_path());
  link_or_copy(from, as);
}

void FileStore::hand_out(std::string_view digest, const fs::path& as) const {
  if (!objects_ || fs::exists(path(digest))) {
    place(digest, as);
  } else if (!bring(*objects_, file_key(digest), as, digest)) {
    no_such_file(digest);
  }
}

void FileStore::keep_preview(const fs::path& file, std::string_view digest) const {
  if (objects_) objects_->put(preview_key(digest), file);
  move(file, preview_path(digest));
}

std::optional<fs::path> FileStore::fetch_preview(std::string_view digest) const {
  fs::path here = preview_path(digest);
  if (fs::exists(here)) return here;
  if (objects_ && bring(*objects_, preview_key(digest), here, digest)) return here;
  return std::nullopt;
}

void FileStore::remove_preview(std::string_view digest) const {
  if (objects_) objects_->remove(preview_key(digest));
  std::error_code ignored;
  fs::remove(preview_path(digest), ignored);
}

void FileStore::keep_checkpoint(const fs::path& file, const std::string& name,
                                std::string_view companion) const {
  const std::string key = checkpoint_key(name, companion);
  if (objects_) {
    objects_->put(key, file);
    std::error_code ignored;
    fs::remove(file, ignored);
  } else {
    move(file, folder_ / key);
  }
}

bool FileStore::place_checkpoint(const std::string& name, const fs::path& as) const {
  make_folder(as.parent_path());
  for (const std::string_view companion : checkpoint_companions)
    place_at(checkpoint_key(name, companion), as.parent_path() / companion);
  return place_at(checkpoint_key(name, {}), as);
}

bool FileStore::place_at(const std::string& key, const fs::path& as) const {
  const fs::path piece = fmt::format("{}.{}", as.string(), random_text(8));
  if (objects_) {
    if (!objects_->get(key, piece)) return false;
  } else {
    if (!fs::exists(folder_ / key)) return false;
    link_or_copy(folder_ / key, piece);
  }
  move(piece, as);
  return true;
}

void FileStore::remove_checkpoint(const std::string& name) const {
  const auto remove_key = [&](const std::string& key) {
    if (objects_) objects_->remove(key);
    std::error_code ignored;
    fs::remove(folder_ / key, ignored);
  };
  for (const std::string_view companion : checkpoint_companions)
    remove_key(checkpoint_key(name, companion));
  remove_key(checkpoint_key(name, {}));
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
  tail_ += bytes.substr(bytes.size() - std::min(bytes.size(), sniffed_end));
  tail_.erase(0, tail_.size() - std::min(tail_.size(), sniffed_end));
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
