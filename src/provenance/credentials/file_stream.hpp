// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "provenance/credentials/c2pa_api.hpp"
#include "provenance/descriptor.hpp"

namespace atelier::provenance::c2pa {

/// A file as the library wants it, read or written where it asks.
class FileStream {
 public:
  enum class Mode { read, write };

  /// Throws Error bad_input when a file to be read cannot be; io when one to be written cannot.
  FileStream(const Api& api, const std::filesystem::path& file, Mode mode);
  ~FileStream();
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  [[nodiscard]] Stream* get() const { return stream_; }
  /// errno of the first call of the system's that failed; 0 when none did.
  [[nodiscard]] int error() const { return error_; }

 private:
  static std::intptr_t read(void* context, std::uint8_t* to, std::intptr_t size);
  static std::intptr_t seek(void* context, std::intptr_t offset, int from);
  static std::intptr_t write(void* context, const std::uint8_t* from, std::intptr_t size);
  static std::intptr_t flush(void* context);
  std::intptr_t checked(std::intptr_t result);

  const Api& api_;
  Descriptor file_;
  int error_ = 0;
  Stream* stream_;
};

}  // namespace atelier::provenance::c2pa
