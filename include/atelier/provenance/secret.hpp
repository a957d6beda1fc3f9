// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace atelier::provenance {

/// Bytes that are wiped from memory when they are no longer needed. Never printed, never copied.
class Secret {
 public:
  /// `size` zero bytes.
  explicit Secret(std::size_t size = 0);
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  [[nodiscard]] char* data() noexcept { return bytes_.get(); }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }
  /// Wipes what comes after the first `size` bytes; size <= view().size().
  void shorten(std::size_t size) noexcept;

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

inline constexpr std::size_t min_passphrase_bytes = 8, max_passphrase_bytes = 1024;

/// Throws Error bad_input when a passphrase is too short or too long, or holds a control character.
/// `what`: where it came from.
void check_passphrase(const Secret& passphrase, std::string_view what);

/// The first line of a file, without the end of the line. A file that is no device or pipe must
/// belong to this user and be readable by no other. Throws Error bad_input.
[[nodiscard]] Secret passphrase_from_file(const std::filesystem::path& file);

/// What an environment variable holds. Throws Error bad_input when it is not set.
[[nodiscard]] Secret passphrase_from_environment(const std::string& variable);

}  // namespace atelier::provenance
