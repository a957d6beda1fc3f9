// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/codeword.hpp"

#include "provenance/watermark/crc24.hpp"

namespace atelier::provenance::watermark {
namespace {

constexpr int payload_bits = 64, crc_bits = 24;
static_assert(payload_bits + crc_bits == polar_information);

std::uint64_t number(const PolarMessage& message, int first, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 1 | message[first + i];
  return value;
}

}  // namespace

PolarWord codeword(std::uint64_t payload, std::uint64_t scramble) {
  PolarMessage message{};
  const std::uint64_t scrambled = payload ^ scramble;
  const std::uint32_t crc = crc24(payload);
  for (int i = 0; i < payload_bits; ++i)
    message[i] = static_cast<std::uint8_t>(scrambled >> (payload_bits - 1 - i) & 1);
  for (int i = 0; i < crc_bits; ++i)
    message[payload_bits + i] = static_cast<std::uint8_t>(crc >> (crc_bits - 1 - i) & 1);
  return polar_encode(message);
}

std::optional<std::uint64_t> payload_of(std::span<const float, polar_length> soft,
                                        std::uint64_t scramble) {
  const auto payload = [&](const PolarMessage& message) {
    return number(message, 0, payload_bits) ^ scramble;
  };
  const auto message = polar_decode(soft, [&](const PolarMessage& candidate) {
    return crc24(payload(candidate)) == number(candidate, payload_bits, crc_bits);
  });
  if (!message) return std::nullopt;
  return payload(*message);
}

}  // namespace atelier::provenance::watermark
