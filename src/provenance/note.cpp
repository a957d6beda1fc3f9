// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "provenance/text_lines.hpp"

namespace atelier::provenance {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t id_bytes = 4;

/// Unicode's property White_Space.
bool is_space(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 10> spaces{{{0x09, 0x0d},
                                                                  {0x20, 0x20},
                                                                  {0x85, 0x85},
                                                                  {0xa0, 0xa0},
                                                                  {0x1680, 0x1680},
                                                                  {0x2000, 0x200a},
                                                                  {0x2028, 0x2029},
                                                                  {0x202f, 0x202f},
                                                                  {0x205f, 0x205f},
                                                                  {0x3000, 0x3000}}};
  return std::any_of(spaces.begin(), spaces.end(),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

/// Whether `text` is valid UTF-8 of which `allowed` holds for every code point.
template <class Allowed>
bool all_code_points(std::string_view text, Allowed allowed) {
  while (!text.empty()) {
    const std::optional<CodePoint> next = first_code_point(text);
    if (!next || !allowed(next->value)) return false;
    text.remove_prefix(next->bytes);
  }
  return true;
}

std::optional<NoteSignature> signature_of(std::string_view line) {
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const std::size_t space = line.find(' ');
  if (space == line.npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const std::optional<std::string> bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= id_bytes) return std::nullopt;
  NoteSignature signature{.name = std::string(line.substr(0, space)), .key_id = 0, .bytes = {}};
  for (std::size_t i = 0; i < id_bytes; ++i)
    signature.key_id = (signature.key_id << 8) | static_cast<unsigned char>((*bytes)[i]);
  signature.bytes = bytes->substr(id_bytes);
  return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() &&
         all_code_points(name, [](char32_t c) { return c >= 0x20 && c != '+' && !is_space(c); });
}

Note parse_note(std::string_view bytes, std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    fail(ErrorKind::bad_input, "{} is no signed note: {}.", what, why);
  };
  if (bytes.size() > max_note_bytes)
    refuse(fmt::format("it has {} bytes, more than {}", bytes.size(), max_note_bytes));
  if (!all_code_points(bytes, [](char32_t c) { return c >= 0x20 || c == '\n'; }))
    refuse("it holds a control character or bytes that are no UTF-8");
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == bytes.npos) refuse("no empty line divides its text from its signatures");
  Note note{.text = std::string(bytes.substr(0, blank + 1)), .signatures = {}};
  std::string_view rest = bytes.substr(blank + 2);
  if (rest.empty()) refuse("nobody signed it");
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (!line) refuse("its last line does not end");
    const std::optional<NoteSignature> signature = signature_of(*line);
    if (!signature) refuse("a line after its text is no signature");
    if (note.signatures.size() == max_note_signatures)
      refuse(fmt::format("it has more than {} signatures", max_note_signatures));
    note.signatures.push_back(*signature);
  }
  return note;
}

std::string to_text(const NoteSignature& signature) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>((signature.key_id >> shift) & 255);
  return fmt::format("{}{} {}\n", dash, signature.name, to_base64(bytes + signature.bytes));
}

std::string to_text(const Note& note) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) text += to_text(signature);
  return text;
}

}  // namespace atelier::provenance
