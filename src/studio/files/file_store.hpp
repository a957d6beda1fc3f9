// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "atelier/base/sha256.hpp"

namespace atelier::studio {

/// Files by SHA-256 of their content: DIGEST lies at files/DI/DIGEST of the studio's folder, and
/// nothing of it is ever named by what comes from outside. Files are written once, whole, and only
/// read after that.
class FileStore {
 public:
  /// Makes the folder where it is missing. Throws Error io.
  explicit FileStore(std::filesystem::path folder);

  /// Where the file with this digest lies, or would. `digest` must be one (is_digest()).
  [[nodiscard]] std::filesystem::path path(std::string_view digest) const;

  /// Brings a file of ours under its digest; `file` is gone then. The digest must be that of its
  /// content. `durable`: it has reached the disk before this returns. Throws Error io.
  void keep(const std::filesystem::path& file, std::string_view digest, bool durable = true) const;
  /// No error when it is not there.
  void remove(std::string_view digest) const;
  /// Gives the file a second name in a job's folder, without copying where the system can. Throws
  /// Error bad_input when it is not there, io when `as` cannot be made.
  void place(std::string_view digest, const std::filesystem::path& as) const;

  /// Where what comes from outside is written until it is whole.
  [[nodiscard]] std::filesystem::path incoming() const { return folder_ / "incoming"; }
  /// Removes what uploads left there that never ended. For the one server of a folder.
  void forget_incoming() const;

 private:
  std::filesystem::path folder_;
};

/// A file that comes from outside piece by piece. It goes when it is not kept.
class Upload {
 public:
  /// Throws Error io; append() does, too, on a full disk.
  Upload(const FileStore& store, std::int64_t most_bytes);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  /// False, and nothing is written, where the file would become longer than it may.
  [[nodiscard]] bool append(std::string_view bytes);
  [[nodiscard]] std::int64_t bytes() const noexcept { return bytes_; }
  /// The first bytes, by which its type is told.
  [[nodiscard]] std::string_view head() const noexcept { return head_; }
  /// SHA-256 of all that came; call once, at the end.
  [[nodiscard]] std::string digest();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  int file_ = -1;
  std::int64_t most_, bytes_ = 0;
  std::string head_;
  Sha256 hash_;
};

}  // namespace atelier::studio
