// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"

namespace atelier::music {

/// Takes a MIDI file's bytes one after the other. Every step beyond the end throws Error bad_input.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}

  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  std::string_view take(std::size_t count) {
    if (count > left()) fail(ErrorKind::bad_input, "{} ends early; it is cut short.", name_);
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(take(1)[0]); }

  /// Big-endian, 1..4 bytes.
  std::uint32_t number(std::size_t count) {
    std::uint32_t value = 0;
    for (const char c : take(count)) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
  }

  /// Seven bits a byte, the last without the eighth; at most four bytes.
  std::uint32_t variable_length() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const std::uint8_t next = byte();
      value = value << 7 | (next & 0x7fU);
      if (next < 0x80) return value;
    }
    fail(ErrorKind::bad_input, "{} is damaged: a length of more than four bytes.", name_);
  }

 private:
  std::string_view bytes_;
  std::string name_;
  std::size_t at_ = 0;
};

}  // namespace atelier::music
