// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "provenance/random_bytes.hpp"

namespace atelier::catalogue {

/// A UUID of version 4 (RFC 9562), by which a catalogue is told from all others.
[[nodiscard]] inline std::string random_id() {
  std::string bytes = provenance::random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  constexpr const char* digits = "0123456789abcdef";
  std::string id;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

}  // namespace atelier::catalogue
