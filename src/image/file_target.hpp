// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vips/vips8>

namespace atelier::image {

/// A file that libvips' encoders write to, so that we know why writing failed, and can add bytes of
/// our own on the way.
class FileTarget {
 public:
  /// Writes over the file at `where`; messages name `name`. `extra` follows the first `at` bytes,
  /// for encoders that do not seek.
  FileTarget(const std::filesystem::path& where, std::filesystem::path name, std::size_t at,
             std::string extra);
  ~FileTarget();
  FileTarget(const FileTarget&) = delete;
  FileTarget& operator=(const FileTarget&) = delete;

  /// For one encoder; this must outlive it.
  [[nodiscard]] vips::VTarget target();

  /// Throws Error io when something could not be written.
  void check() const;

 private:
  static gint64 on_write(VipsTargetCustom* target, const void* data, gint64 length, void* self);
  static gint64 on_read(VipsTargetCustom* target, void* buffer, gint64 length, void* self);
  static gint64 on_seek(VipsTargetCustom* target, gint64 offset, int whence, void* self);
  bool write(const char* data, std::size_t length);

  std::filesystem::path name_;
  std::size_t at_;
  std::string extra_;
  int file_ = -1, error_ = 0;
  std::size_t written_ = 0;
};

}  // namespace atelier::image
