// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace atelier::jobs {

/// One entry of a database.
struct Entry {
  std::string key;
  std::string value;
};

/// Writes an entry into a pipe. Returns whether all of it went through: not when the reader is gone
/// or `value` lies where nothing can be read, beyond the end of a mapped file.
[[nodiscard]] bool write_entry(int pipe, std::string_view key, std::span<const char> value);

/// Writes that there are no more entries, and why: 0 when that were all.
[[nodiscard]] bool write_end(int pipe, std::int32_t status);

/// Reads entries that another process writes into a pipe, and believes nothing: keys have 1 to 511
/// bytes and ascend, as in every LMDB, so that a tree which runs in a circle ends; a value has at
/// most most_picture_bytes; all together are not longer than the database's file. Memory is taken
/// as bytes arrive.
class EntryReader {
 public:
  enum class Ending {
    none,        ///< there may be more
    told,        ///< by write_end(); see status()
    silent,      ///< the pipe ended before that
    impossible,  ///< what came cannot be entries
  };

  /// `pipe` stays the caller's; `file_bytes`: the database's length.
  EntryReader(int pipe, std::uintmax_t file_bytes) : pipe_(pipe), left_(file_bytes) {}

  /// The next entry, or nothing once there is an ending.
  [[nodiscard]] std::optional<Entry> next();

  [[nodiscard]] Ending ending() const noexcept { return ending_; }
  [[nodiscard]] std::int32_t status() const noexcept { return status_; }

 private:
  [[nodiscard]] bool read(std::string& bytes, std::uint64_t count);

  int pipe_;
  std::uintmax_t left_;
  std::string last_key_;
  Ending ending_ = Ending::none;
  std::int32_t status_ = 0;
};

}  // namespace atelier::jobs
