// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance {

/// That an entry stands in a log, in one text file that is checked offline.
///
/// Source: C2SP tlog-proof (c2sp.org/tlog-proof@v1).
struct ProofFile {
  std::string extra;        ///< bytes that nobody has signed; empty: none
  std::uint64_t index = 0;  ///< of the entry, from 0
  Proof path;
  std::string checkpoint;  ///< the signed note, as the log has it
};

/// Greatest size of a proof file in bytes: a note and an entry with all that it hides.
inline constexpr std::size_t max_proof_bytes = 2'000'000;

/// The first line of every proof file.
inline constexpr std::string_view proof_file_title = "c2sp.org/tlog-proof@v1";

/// Throws Error bad_input for what is no such file. The checkpoint is not looked into. `what`: the
/// file's name in the message.
[[nodiscard]] ProofFile parse_proof_file(std::string_view text, std::string_view what);
[[nodiscard]] std::string to_text(const ProofFile& proof);

/// That a log only grew since it had `old_size` entries: what a log asks of a witness.
///
/// Source: C2SP tlog-witness (c2sp.org/tlog-witness), the body of add-checkpoint.
struct GrowthProof {
  std::uint64_t old_size = 0;
  Proof proof;
  std::string checkpoint;  ///< the signed note of the greater size
};

/// The first word of every growth proof.
inline constexpr std::string_view growth_proof_title = "old ";

/// Throws Error bad_input for what is none. `what`: the file's name in the message.
[[nodiscard]] GrowthProof parse_growth_proof(std::string_view text, std::string_view what);
[[nodiscard]] std::string to_text(const GrowthProof& proof);

}  // namespace atelier::provenance
