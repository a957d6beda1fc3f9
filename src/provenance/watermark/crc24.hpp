// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace atelier::provenance::watermark {

/// CRC-24 of OpenPGP (RFC 4880, section 6.1): polynomial 0x864CFB, start 0xB704CE; bits from the
/// highest. Adds one byte; begin with crc24_start.
inline constexpr std::uint32_t crc24_start = 0xB704CE;
[[nodiscard]] constexpr std::uint32_t crc24(std::uint32_t crc, std::uint8_t byte) {
  crc ^= static_cast<std::uint32_t>(byte) << 16;
  for (int bit = 0; bit < 8; ++bit) crc = (crc << 1) ^ ((crc & 0x800000) != 0 ? 0x1864CFB : 0);
  return crc;
}

/// Of a payload's eight bytes, the highest first.
[[nodiscard]] constexpr std::uint32_t crc24(std::uint64_t payload) {
  std::uint32_t crc = crc24_start;
  for (int shift = 56; shift >= 0; shift -= 8)
    crc = crc24(crc, static_cast<std::uint8_t>(payload >> shift));
  return crc;
}

}  // namespace atelier::provenance::watermark
