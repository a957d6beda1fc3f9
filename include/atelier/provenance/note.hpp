// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Signed notes: text that one or more keys have signed.
///
/// Source: C2SP signed-note (c2sp.org/signed-note), as golang.org/x/mod/sumdb/note reads and writes
/// them.
namespace atelier::provenance {

/// One signature line: "— NAME BASE64", of four bytes of key ID, big-endian, and the signature.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;  ///< as its key's algorithm has it, at least one
};

struct Note {
  std::string text;  ///< with its last newline; what is signed
  std::vector<NoteSignature> signatures;
};

/// Greatest size of a note, in bytes, and number of its signatures. The specification wants room
/// for 16 signatures, each of up to 5 kB.
inline constexpr std::size_t max_note_bytes = 1'000'000;
inline constexpr std::size_t max_note_signatures = 100;

/// Whether a key may have this name: valid UTF-8, not empty, without spaces (Unicode's
/// White_Space), control characters and plus signs.
[[nodiscard]] bool is_key_name(std::string_view name);

/// Reads a note without checking its signatures: nothing in it may be believed before
/// verified_signatures(). `what`: its name in the message. Throws Error bad_input for what is no
/// signed note: invalid UTF-8, control characters, no signature, a broken line, a limit above.
[[nodiscard]] Note parse_note(std::string_view bytes, std::string_view what);

[[nodiscard]] std::string to_text(const NoteSignature& signature);
[[nodiscard]] std::string to_text(const Note& note);

}  // namespace atelier::provenance
