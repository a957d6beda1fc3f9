// SPDX-License-Identifier: Apache-2.0
#include "jobs/sources/entry_pipe.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {
namespace {

/// Goes before each entry, and alone at the end. Both ends are the same program.
struct Head {
  std::uint64_t value = 0;  // bytes
  std::uint32_t key = 0;    // bytes; or no_key: the end
  std::int32_t status = 0;  // of the end
};

constexpr std::uint32_t no_key = ~std::uint32_t{0};
constexpr std::uint32_t longest_key = 511;  // bytes, LMDB's own limit
constexpr std::uint64_t piece = 1 << 20;    // bytes

bool write_all(int pipe, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(pipe, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

bool write_head(int pipe, const Head& head) {
  return write_all(pipe, reinterpret_cast<const char*>(&head), sizeof head);
}

}  // namespace

bool write_entry(int pipe, std::string_view key, std::span<const char> value) {
  return write_head(pipe, {value.size(), static_cast<std::uint32_t>(key.size()), 0}) &&
         write_all(pipe, key.data(), key.size()) && write_all(pipe, value.data(), value.size());
}

bool write_end(int pipe, std::int32_t status) {
  return write_head(pipe, {0, no_key, status});
}

bool EntryReader::read(std::string& bytes, std::uint64_t count) {
  bytes.clear();
  while (bytes.size() < count) {
    const std::size_t at = bytes.size();
    bytes.resize(at + static_cast<std::size_t>(std::min(piece, count - at)));
    const ssize_t came = ::read(pipe_, bytes.data() + at, bytes.size() - at);
    bytes.resize(at + static_cast<std::size_t>(std::max<ssize_t>(came, 0)));
    if (came < 0 && errno == EINTR) continue;
    if (came <= 0) {
      ending_ = Ending::silent;
      return false;
    }
  }
  return true;
}

std::optional<Entry> EntryReader::next() {
  std::string bytes;
  if (ending_ != Ending::none || !read(bytes, sizeof(Head))) return std::nullopt;
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.key == no_key) {
    status_ = head.status;
    ending_ = Ending::told;
    return std::nullopt;
  }
  ending_ = Ending::impossible;
  if (head.key == 0 || head.key > longest_key || head.key > left_) return std::nullopt;
  left_ -= head.key;
  if (head.value > most_picture_bytes || head.value > left_) return std::nullopt;
  left_ -= head.value;
  Entry entry;
  if (!read(entry.key, head.key)) return std::nullopt;
  // Compared as bytes, a shorter key before those that it begins: LMDB's order.
  if (entry.key <= last_key_) return std::nullopt;
  if (!read(entry.value, head.value)) return std::nullopt;
  last_key_ = entry.key;
  ending_ = Ending::none;
  return entry;
}

}  // namespace atelier::jobs
