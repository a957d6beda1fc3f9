// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "provenance/watermark/polar_code.hpp"

namespace atelier::provenance::watermark {

/// A payload and its CRC-24 as a word of the polar code. `scramble` is the key's: it makes of every
/// payload a word that looks like chance.
[[nodiscard]] PolarWord codeword(std::uint64_t payload, std::uint64_t scramble);

/// The payload that soft bits (positive: rather 0) say, if its CRC is right.
[[nodiscard]] std::optional<std::uint64_t> payload_of(std::span<const float, polar_length> soft,
                                                      std::uint64_t scramble);

}  // namespace atelier::provenance::watermark
