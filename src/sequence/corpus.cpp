// SPDX-License-Identifier: Apache-2.0
#include "sequence/corpus.hpp"

#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"
#include "atelier/base/utf8.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/common_words.hpp"
#include "sequence/documents.hpp"
#include "sequence/event_tokenizer.hpp"
#include "sequence/piece_tokenizer.hpp"

namespace atelier::sequence {
namespace {

std::shared_ptr<const Tokenizer> tokenizer_for(const std::vector<std::string_view>& texts,
                                               const SequenceOptions& options) {
  if (options.tokenizer == "characters") {
    return std::make_shared<CharacterTokenizer>(CharacterTokenizer::of(texts, options.vocabulary));
  }
  if (options.tokenizer == "events") {
    return std::make_shared<EventTokenizer>(std::to_string(options.vocabulary));
  }
  return std::make_shared<PieceTokenizer>(PieceTokenizer::of(texts, options.vocabulary));
}

std::vector<Token> tokens_of(const Tokenizer& tokenizer,
                             const std::vector<std::string_view>& documents, bool with_ends) {
  std::size_t most = 0;  // a token stands for a byte at least; room that is not used is no memory
  for (const std::string_view document : documents) most += document.size() + 1;
  std::vector<Token> tokens;
  tokens.reserve(most);
  for (const std::string_view document : documents) {
    tokenizer.encode(document, tokens);
    if (with_ends) tokens.push_back(Tokenizer::end);
  }
  return tokens;
}

/// What was seen before, and this text.
std::vector<SeenRuns> seen_with(std::vector<SeenRuns> before, const Corpus& corpus, int run) {
  std::erase_if(before, [&](const SeenRuns& seen) { return seen.source() == corpus.digest; });
  before.push_back(SeenRuns::of(corpus.trained, run, corpus.digest));
  return before;
}

/// Characters of the held-out text for each of its tokens; an event is a character of its own.
double characters_per_token(const Corpus& corpus, const std::vector<std::string_view>& held_out) {
  if (corpus.knowledge.tokenizer->kind() == "events" || corpus.held_out.empty()) return 1;
  std::size_t characters = 0;
  for (const std::string_view document : held_out) characters += count_code_points(document);
  return static_cast<double>(characters) / static_cast<double>(corpus.held_out.size());
}

std::vector<Token> tokens_of(const std::vector<std::vector<Token>>& pieces, int vocabulary) {
  std::vector<Token> tokens;
  for (const std::vector<Token>& piece : pieces) {
    for (const Token token : piece) {
      if (token <= Tokenizer::end || token >= vocabulary) {
        fail(ErrorKind::invalid_argument, "the event {} is outside 2..{}.", token, vocabulary - 1);
      }
    }
    tokens.insert(tokens.end(), piece.begin(), piece.end());
    tokens.push_back(Tokenizer::end);
  }
  return tokens;
}

}  // namespace

Corpus read_corpus(const std::filesystem::path& path, const SequenceOptions& options,
                   const TextKnowledge& before) {
  constexpr std::string_view byte_order_mark = "\uFEFF";
  const MappedFile file(path, most_text);
  std::string_view text(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size());
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (const auto zero = text.find('\0'); zero != text.npos) {
    fail(ErrorKind::bad_input, "{} is no text in UTF-8: byte {} is zero; convert it (iconv).",
         path.string(), zero);
  }
  const std::string delimiter = unescaped(options.delimiter);
  const std::vector<std::string_view> documents = documents_of(text, delimiter);
  if (documents.empty() || text.empty()) {
    fail(ErrorKind::invalid_argument, "{} holds no text.", path.string());
  }
  const TextDivision division = options.split == "digest"
                                    ? divided_by_digest(documents, options.held_out)
                                    : divided_by_place(documents, options.held_out);
  Corpus corpus;
  corpus.digest = sha256(file.bytes());
  TextKnowledge& knowledge = corpus.knowledge;
  knowledge.tokenizer =
      before.tokenizer ? before.tokenizer : tokenizer_for(division.trained, options);
  const bool with_ends = !delimiter.empty();
  corpus.trained = tokens_of(*knowledge.tokenizer, division.trained, with_ends);
  corpus.held_out = tokens_of(*knowledge.tokenizer, division.held_out, with_ends);
  corpus.characters_per_token = characters_per_token(corpus, division.held_out);
  if (with_ends || knowledge.tokenizer->kind() == "events") {
    knowledge.beginning = {Tokenizer::end};
  } else {
    knowledge.beginning = knowledge.tokenizer->encode("\n");
  }
  knowledge.heading = options.heading;
  if (knowledge.tokenizer->kind() == "pieces") {
    constexpr int twice = 2;
    knowledge.words = common_words(division.trained, twice);
  }
  knowledge.seen = seen_with(before.seen, corpus, options.seen_run);
  return corpus;
}

Corpus corpus_of(const EventPieces& pieces, const SequenceOptions& options,
                 const TextKnowledge& before) {
  Corpus corpus;
  TextKnowledge& knowledge = corpus.knowledge;
  knowledge.tokenizer = before.tokenizer
                            ? before.tokenizer
                            : std::make_shared<EventTokenizer>(std::to_string(pieces.vocabulary));
  if (knowledge.tokenizer->vocabulary() != pieces.vocabulary) {
    fail(ErrorKind::invalid_argument,
         "the model to begin from knows {} events, and these are {}; begin from one of the same.",
         knowledge.tokenizer->vocabulary(), pieces.vocabulary);
  }
  corpus.trained = tokens_of(pieces.trained, pieces.vocabulary);
  corpus.held_out = tokens_of(pieces.held_out, pieces.vocabulary);
  corpus.notes_per_token = pieces.notes_per_token;
  corpus.digest = sha256(std::as_bytes(std::span(corpus.trained))) +
                  sha256(std::as_bytes(std::span(corpus.held_out)));
  corpus.digest = sha256(std::as_bytes(std::span(corpus.digest)));
  knowledge.beginning = {Tokenizer::end};
  knowledge.seen = seen_with(before.seen, corpus, options.seen_run);
  return corpus;
}

}  // namespace atelier::sequence
