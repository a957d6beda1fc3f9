// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance {

/// A number as C2SP's formats write it: ASCII decimal, no leading zero but in 0 itself, at most
/// max_tree_size. Nothing for any other text.
[[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view text);

/// A hash in base64; nothing for what is none.
[[nodiscard]] std::optional<Hash> hash_from_base64(std::string_view text);
[[nodiscard]] std::string hash_to_base64(const Hash& hash);

/// Takes the line that `text` begins with, and its newline, off the front; nothing when no newline
/// ends it.
[[nodiscard]] std::optional<std::string_view> take_line(std::string_view& text);

/// Hashes in base64, one a line, up to an empty line, which is taken too. Nothing when a line is no
/// hash, there are more than max_proof_hashes, or no empty line ends them.
[[nodiscard]] std::optional<Proof> take_proof(std::string_view& text);
void append_proof(const Proof& proof, std::string& text);

}  // namespace atelier::provenance
