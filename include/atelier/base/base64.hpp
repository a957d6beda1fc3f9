// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace atelier {

/// The two alphabets of RFC 4648: `standard` (section 4) is padded with =, `url` (section 5) is
/// not, as JOSE writes it.
enum class Base64 { standard, url };

[[nodiscard]] std::string to_base64(std::string_view bytes, Base64 alphabet = Base64::standard);

/// The bytes that `text` stands for; nothing when it is not the one text that to_base64() writes of
/// them: another alphabet, spaces, padding that lacks or is too much, bits that belong to no byte.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text,
                                                     Base64 alphabet = Base64::standard);

/// Bytes as the text that these functions take.
[[nodiscard]] inline std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace atelier
