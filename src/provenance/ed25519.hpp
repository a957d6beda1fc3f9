// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace atelier::provenance {

/// Whether `signature` is that of `message` by `key`: Ed25519 as RFC 8032 has it, through OpenSSL.
/// False for a signature or key that is none.
[[nodiscard]] bool ed25519_holds(std::span<const std::uint8_t, 32> key, std::string_view message,
                                 std::string_view signature);

}  // namespace atelier::provenance
