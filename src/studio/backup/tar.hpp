// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;

namespace atelier::studio {

struct CloseTar {
  void operator()(::archive* handle) const noexcept;
};

/// Writes an archive (POSIX tar), entry after entry. Throws Error io, and bad_input where a file
/// that is to be added cannot be read.
class TarWriter {
 public:
  explicit TarWriter(const std::filesystem::path& file);

  /// Copies a file as `name`; its SHA-256.
  std::string add(const std::string& name, const std::filesystem::path& file);
  void add_text(const std::string& name, std::string_view text);
  /// Nothing is whole before this.
  void close();

 private:
  void begin(const std::string& name, std::uintmax_t bytes);
  void write(std::string_view bytes);
  void check(int code) const;

  std::filesystem::path file_;
  std::unique_ptr<::archive, CloseTar> handle_;
};

/// Reads such an archive from its beginning to its end. Throws Error bad_input where it is damaged
/// or cut short, or holds anything but plain files.
class TarReader {
 public:
  explicit TarReader(const std::filesystem::path& file);

  /// Goes to the next entry; its name, or nothing at the end.
  std::optional<std::string> next();
  /// Writes the entry into a new file; its SHA-256. Throws Error io.
  std::string unpack(const std::filesystem::path& to);
  /// The entry as text. Throws Error bad_input where it is longer.
  std::string text(std::size_t most);

 private:
  [[noreturn]] void refuse() const;
  void read(const std::function<void(std::string_view)>& take);

  std::filesystem::path file_;
  std::unique_ptr<::archive, CloseTar> handle_;
};

}  // namespace atelier::studio
