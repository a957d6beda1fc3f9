// SPDX-License-Identifier: Apache-2.0
#include "image/file_target.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "atelier/base/atomic_file.hpp"

namespace atelier::image {

FileTarget::FileTarget(const std::filesystem::path& where, std::filesystem::path name,
                       std::size_t at, std::string extra)
    : name_(std::move(name)), at_(at), extra_(std::move(extra)) {
  file_ = ::open(where.c_str(), O_RDWR | O_TRUNC | O_CLOEXEC);
  if (file_ < 0) fail_writing(name_, errno);
}

FileTarget::~FileTarget() {
  if (file_ >= 0) ::close(file_);
}

vips::VTarget FileTarget::target() {
  VipsTargetCustom* custom = vips_target_custom_new();
  g_signal_connect(custom, "write", G_CALLBACK(&FileTarget::on_write), this);
  g_signal_connect(custom, "read", G_CALLBACK(&FileTarget::on_read), this);
  g_signal_connect(custom, "seek", G_CALLBACK(&FileTarget::on_seek), this);
  return vips::VTarget(VIPS_TARGET(custom));
}

void FileTarget::check() const {
  if (error_ != 0) fail_writing(name_, error_);
}

bool FileTarget::write(const char* data, std::size_t length) {
  while (length > 0) {
    const ssize_t count = ::write(file_, data, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      error_ = count < 0 ? errno : EIO;
      return false;
    }
    data += count;
    length -= static_cast<std::size_t>(count);
  }
  return true;
}

gint64 FileTarget::on_write(VipsTargetCustom* /*target*/, const void* data, gint64 length,
                            void* self) {
  auto& file = *static_cast<FileTarget*>(self);
  const auto* bytes = static_cast<const char*>(data);
  const auto count = static_cast<std::size_t>(length);
  const std::size_t before =
      !file.extra_.empty() && file.written_ <= file.at_ ? file.at_ - file.written_ : count + 1;
  bool good = file.error_ == 0;
  if (before <= count) {
    good = good && file.write(bytes, before) &&
           file.write(file.extra_.data(), file.extra_.size()) &&
           file.write(bytes + before, count - before);
    file.extra_.clear();
  } else {
    good = good && file.write(bytes, count);
  }
  file.written_ += count;
  return good ? length : -1;
}

gint64 FileTarget::on_read(VipsTargetCustom* /*target*/, void* buffer, gint64 length, void* self) {
  return ::read(static_cast<FileTarget*>(self)->file_, buffer, static_cast<std::size_t>(length));
}

gint64 FileTarget::on_seek(VipsTargetCustom* /*target*/, gint64 offset, int whence, void* self) {
  return ::lseek(static_cast<FileTarget*>(self)->file_, offset, whence);
}

}  // namespace atelier::image
