// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/note.hpp"

namespace atelier::provenance {

/// A public key by which signatures on notes are checked, with the name that stands in front of
/// them.
///
/// Source: C2SP signed-note, "vkey": NAME+ID+BASE64, where ID is eight hexadecimal digits of the
/// first four bytes of SHA-256(name || 0x0A || type || key), and BASE64 is that of type || key.
struct VerifierKey {
  /// Signature types with Ed25519 keys: `log` signs the note itself (signed-note, 0x01), `witness`
  /// the note and the time (C2SP tlog-cosignature, cosignature/v1, 0x04).
  enum class Type : std::uint8_t { log = 0x01, witness = 0x04 };

  Type type = Type::log;
  std::string name;
  std::array<std::uint8_t, 32> key{};  ///< RFC 8032

  [[nodiscard]] std::uint32_t id() const;
  bool operator==(const VerifierKey&) const = default;
};

/// Throws Error bad_input for what is no verifier key of these types.
[[nodiscard]] VerifierKey parse_verifier_key(std::string_view text);
[[nodiscard]] std::string to_text(const VerifierKey& key);

/// One signature that a known key made.
struct VerifiedSignature {
  VerifierKey key;
  std::optional<std::uint64_t> time;  ///< of a witness: seconds since 1970
};

/// The signatures on `note` that were made by one of `keys`, each checked. Those of other keys are
/// passed over, as the specification has it. Throws Error bad_input when one that says to be of a
/// known key does not hold. `what`: the note's name in the message.
[[nodiscard]] std::vector<VerifiedSignature> verified_signatures(const Note& note,
                                                                 std::span<const VerifierKey> keys,
                                                                 std::string_view what);

/// What a witness signs of a note at a time: C2SP tlog-cosignature, "Ed25519 signed message".
[[nodiscard]] std::string cosigned_message(std::string_view note_text, std::uint64_t time);

}  // namespace atelier::provenance
