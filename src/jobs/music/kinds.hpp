// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/music/vocabulary.hpp"
#include "atelier/sequence/tokenizer.hpp"

namespace atelier::jobs {

/// What music is made of. Pieces of one kind share a vocabulary, by which its models are known.
struct MusicKind {
  std::string name;  ///< "chorales", "folk", "piano"; models/NAME.safetensors comes along
  const music::Vocabulary& vocabulary;
  int seen_run;  ///< tokens of the shortest copy that a model knows
  /// Tokens in a row of a piece that was learned from, at most, if nothing is said.
  int copy_limit;
  int first_strike, strikes;  ///< the first id that strikes a note, and how many do

  [[nodiscard]] bool strikes_note(int id) const noexcept {
    return id >= first_strike && id < first_strike + strikes;
  }
};

/// Throws Error invalid_argument for another name.
[[nodiscard]] const MusicKind& music_kind(std::string_view name);
[[nodiscard]] std::vector<std::string> music_kind_names();

// The one rule between music's ids and a model's tokens: token = id - 1. END becomes
// Tokenizer::end, which stands behind every piece and before every new one; START and PAD are not
// told, so that Tokenizer::unknown never comes.
[[nodiscard]] inline int event_count(const music::Vocabulary& vocabulary) {
  return vocabulary.size() - 1;
}
[[nodiscard]] inline sequence::Token event_of(int id) {
  return static_cast<sequence::Token>(id - 1);
}
[[nodiscard]] inline int id_of(sequence::Token event) {
  return event + 1;
}
/// The events of a piece, without START, END and PAD.
[[nodiscard]] std::vector<sequence::Token> events_of(std::span<const int> ids);

}  // namespace atelier::jobs
