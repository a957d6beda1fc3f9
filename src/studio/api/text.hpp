// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::studio {

/// Bytes behind %XX; nothing where a % is followed by no two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
/// Everything but RFC 3986's unreserved characters as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A request's target in parts.
struct Target {
  std::string path;                ///< as it came, not decoded
  std::vector<std::string> parts;  ///< decoded; of "/": none
  std::map<std::string, std::string> query;
};
/// Nothing where it is no absolute path or badly encoded.
[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

/// A file's name as people may see it: its last part, well-formed UTF-8 without control characters,
/// at most 200 bytes; never empty. It is only shown, never a name on the disk.
[[nodiscard]] std::string shown_name(std::string_view name);

/// Whether an Accept-Encoding field takes this coding: it names it, or *, and not with q=0.
[[nodiscard]] bool accepts_coding(std::string_view field, std::string_view coding);

/// The value of a cookie in the Cookie field.
[[nodiscard]] std::optional<std::string> cookie_value(std::string_view field,
                                                      std::string_view name);

/// The part of a body that "Range: bytes=..." asks for. `whole`: no range, or several, which are
/// answered whole; nothing: outside.
struct ByteRange {
  std::uint64_t first = 0, length = 0;
  bool whole = true;
};
[[nodiscard]] std::optional<ByteRange> parse_range(std::string_view field, std::uint64_t size);

}  // namespace atelier::studio
