// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How long the texts of a catalogue may be, and what they may hold.
namespace atelier::catalogue {

inline constexpr std::size_t max_number_bytes = 64;
inline constexpr std::size_t max_title_bytes = 1000;
inline constexpr std::size_t max_line_bytes = 500;
inline constexpr std::size_t max_names_bytes = 2000;
inline constexpr std::size_t max_note_bytes = 8000;
inline constexpr std::size_t max_text_bytes = 20'000;  ///< of what events hold the digest of alone

/// Refuses text that is too long, is no UTF-8, or holds a control character or a sign that turns
/// the direction of writing unseen (U+202A..202E, U+2066..2069). Throws Error bad_input, which
/// names the field.
void check_line(std::string_view field, std::string_view text, std::size_t max_bytes);
/// The same of text that may have several lines.
void check_text(std::string_view field, std::string_view text, std::size_t max_bytes);

/// Text for a message: its beginning, with what does not belong there replaced.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace atelier::catalogue
