// SPDX-License-Identifier: Apache-2.0
#include "music/chord_text.hpp"

#include <cctype>
#include <string_view>

namespace atelier::music {
namespace {

constexpr std::string_view letters = "CDEFGAB";

/// Reads the note at `from` and appends the one that many semitones higher; returns where it ends,
/// or `from` when there is none.
std::size_t take_note(const std::string& text, std::size_t from, int semitones, Key key,
                      std::string& out) {
  if (from >= text.size()) return from;
  const auto step =
      letters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(text[from]))));
  if (step == std::string_view::npos) return from;
  const bool small = std::islower(static_cast<unsigned char>(text[from])) != 0;
  const char sign = from + 1 < text.size() ? text[from + 1] : '\0';
  const bool sharp = sign == '#' || sign == '+', flat = sign == 'b';
  const int alter = sharp ? 1 : flat ? -1 : 0;
  const Spelling to = spell(pitch_of({static_cast<int>(step), alter, 4}) + semitones, key);
  const char letter = letters[static_cast<std::size_t>(to.step)];
  out += small ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : letter;
  for (int i = 0; i < to.alter; ++i) out += sign == '+' || small ? '+' : '#';
  for (int i = 0; i > to.alter; --i) out += 'b';
  return from + (alter == 0 ? 1 : 2);
}

}  // namespace

std::string transposed_chord(const std::string& text, int semitones, Key key) {
  std::string result;
  std::size_t at = take_note(text, 0, semitones, key, result);
  if (at == 0) return text;
  for (; at < text.size(); ++at) {
    result += text[at];
    if (text[at] == '/') at = take_note(text, at + 1, semitones, key, result) - 1;
  }
  return result;
}

}  // namespace atelier::music
