// SPDX-License-Identifier: Apache-2.0
#include "verse/english_pieces.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::verse {
namespace {

/// The letter itself, a sign of EnglishPiece, or 0 for neither.
char kind_of(char32_t c) {
  const auto among = [c](std::u32string_view signs) { return signs.find(c) != signs.npos; };
  if (c >= U'a' && c <= U'z') return static_cast<char>(c);
  if (c >= U'A' && c <= U'Z') return static_cast<char>(c - U'A' + U'a');
  if (c == U'\'' || c == U'’') return '\'';
  if (c == U' ' || c == U'\n') return static_cast<char>(c);
  if (among(U",.;:!?…”)")) return '.';
  if (among(U"-–—")) return '-';
  return among(U"“(") ? '(' : '\0';
}

bool is_letter(char kind) {
  return (kind >= 'a' && kind <= 'z') || kind == '\'';
}

}  // namespace

EnglishPiece parse_piece(std::string_view text) {
  EnglishPiece piece;
  std::u32string characters;
  try {
    characters = from_utf8(text, "a piece");
  } catch (const Error&) {  // a part of a character
    return piece;
  }
  for (const char32_t c : characters) {
    const char kind = kind_of(c);
    if (kind == 0) return piece;
    piece.capital = piece.capital || (c >= U'A' && c <= U'Z');
    if (is_letter(kind)) {
      if (!piece.after.empty()) return piece;
      piece.letters.push_back(kind);
    } else {
      (piece.letters.empty() ? piece.before : piece.after).push_back(kind);
    }
  }
  piece.usable = !characters.empty();
  return piece;
}

}  // namespace atelier::verse
