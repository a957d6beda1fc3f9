// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "atelier/sequence/train.hpp"
#include "sequence/text_knowledge.hpp"

namespace atelier::sequence {

/// What a model learns from and is measured on.
struct Corpus {
  TextKnowledge knowledge;
  std::vector<Token> trained, held_out;  ///< documents one after the other
  double characters_per_token = 1;       ///< of the held-out text
  double notes_per_token = 0;            ///< as EventPieces has it
  std::string digest;                    ///< SHA-256 of the text it came from
};

/// The largest text that is read, in bytes.
inline constexpr std::uintmax_t most_text = std::uintmax_t{4} << 30;

/// Reads a text as `options` say: into documents, these into two sides, and those into tokens, with
/// `Tokenizer::end` behind each where a delimiter is given. The tokenizer knows the trained side
/// alone. The file is mapped, not copied: in memory are its tokens, two bytes each. `before`: what
/// a model knows that the text is learned by; its tokenizer is taken, and what it has seen is kept.
///
/// Throws Error bad_input when it cannot be read, is larger than most_text, holds a zero byte or is
/// no well-formed UTF-8; invalid_argument when it has too little text, or options do not fit it.
[[nodiscard]] Corpus read_corpus(const std::filesystem::path& path, const SequenceOptions& options,
                                 const TextKnowledge& before = {});

/// The same of events: their digest is that of all tokens, trained and held out.
///
/// Throws Error invalid_argument for a token or a number of tokens that EventPieces does not allow,
/// or that `before` has another vocabulary.
[[nodiscard]] Corpus corpus_of(const EventPieces& pieces, const SequenceOptions& options,
                               const TextKnowledge& before = {});

}  // namespace atelier::sequence
