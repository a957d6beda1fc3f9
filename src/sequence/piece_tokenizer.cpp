// SPDX-License-Identifier: Apache-2.0
#include "sequence/piece_tokenizer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "sequence/words.hpp"

namespace atelier::sequence {
namespace {

constexpr std::size_t first_byte = 2, most_looked_at = std::size_t{64} << 20, most_bytes = 256;

std::uint32_t key_of(Token left, Token right) {
  return std::uint32_t{left} << 16 | right;
}

/// Bytes of characters beyond ASCII are what is left of characters that are no tokens.
bool is_joinable(Token token) {
  return token < first_byte + 0x80 || token >= PieceTokenizer::first_character;
}

[[noreturn]] void refuse() {
  fail(ErrorKind::bad_input, "the pieces of a model are damaged; bring its file again.");
}

/// Characters beyond ASCII that are seen twice, the most frequent ones.
std::string frequent_characters(const std::vector<std::string_view>& texts, std::size_t most) {
  std::unordered_map<char32_t, std::uint64_t> counts;
  for (const std::string_view text : texts) {
    for (std::string_view rest = text; !rest.empty();) {
      const char32_t c = take_code_point(rest, text);
      if (c >= 0x80) ++counts[c];
    }
  }
  std::vector<std::pair<std::uint64_t, char32_t>> order;  // rare first
  for (const auto& [c, count] : counts) {
    if (count > 1) order.emplace_back(count, 0x10FFFF - c);
  }
  std::sort(order.rbegin(), order.rend());
  if (order.size() > most) order.resize(most);
  std::string characters;
  for (const auto& [count, c] : order) append_utf8(0x10FFFF - c, characters);
  return characters;
}

}  // namespace

PieceTokenizer::PieceTokenizer(std::string_view characters, const std::vector<TokenPair>& pairs)
    : bytes_{"\uFFFD", ""}, characters_(characters), pairs_(pairs) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    bytes_.emplace_back(1, static_cast<char>(static_cast<unsigned char>(byte)));
  }
  for (std::string_view rest = characters; !rest.empty();) {
    const char32_t c = take_code_point(rest, characters);
    const bool is_new = tokens_.emplace(c, static_cast<Token>(bytes_.size())).second;
    if (c < 0x80 || !is_new || bytes_.size() == most_tokens) refuse();
    append_utf8(c, bytes_.emplace_back());
  }
  for (const auto& [left, right] : pairs) {
    const std::size_t token = bytes_.size();
    if (token == most_tokens || std::max(left, right) >= token ||
        std::min(left, right) < first_byte ||
        bytes_[left].size() + bytes_[right].size() > most_bytes ||
        !joined_.emplace(key_of(left, right), static_cast<Token>(token)).second) {
      refuse();
    }
    bytes_.push_back(bytes_[left] + bytes_[right]);
  }
}

PieceTokenizer::PieceTokenizer(std::string_view serialised)
    : PieceTokenizer([&] {
        try {
          const auto all = nlohmann::json::parse(serialised);
          return PieceTokenizer(all.at("characters").get<std::string>(),
                                all.at("pairs").get<std::vector<TokenPair>>());
        } catch (const nlohmann::json::exception&) {
          refuse();
        }
      }()) {}

PieceTokenizer PieceTokenizer::of(const std::vector<std::string_view>& texts, int most) {
  if (most < static_cast<int>(first_character)) {
    fail(ErrorKind::invalid_argument, "--vocabulary {} is too small for pieces; give {} or more.",
         most, first_character);
  }
  const std::size_t room = static_cast<std::size_t>(std::min(most, most_tokens)) - first_character;
  const PieceTokenizer letters(frequent_characters(texts, room / 2), {});
  std::size_t bytes = 0, number = 0;
  for (const std::string_view text : texts) bytes += text.size();
  const std::size_t step = bytes / most_looked_at + 1;
  std::unordered_map<std::string_view, std::uint64_t> counts;
  for (std::string_view rest : texts) {
    while (!rest.empty()) {
      const std::string_view word = take_word(rest);
      if (number++ % step == 0) ++counts[word];
    }
  }
  std::vector<CountedWord> words;
  words.reserve(counts.size());
  for (const auto& [word, count] : counts) words.push_back({letters.letters_of(word), count});
  const auto first_pair = static_cast<std::size_t>(letters.vocabulary());
  return {letters.characters_, learn_byte_pairs(std::move(words), first_pair,
                                                first_character + room - first_pair, is_joinable)};
}

std::vector<Token> PieceTokenizer::letters_of(std::string_view word) const {
  std::vector<Token> letters;
  for (std::string_view rest = word; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t c = take_code_point(rest, word);
    const auto found = tokens_.find(c);
    if (found != tokens_.end()) {
      letters.push_back(found->second);
      continue;
    }
    for (const char byte : before.substr(0, before.size() - rest.size())) {
      letters.push_back(static_cast<Token>(first_byte + static_cast<unsigned char>(byte)));
    }
  }
  return letters;
}

void PieceTokenizer::join(std::vector<Token>& word) const {
  for (;;) {
    auto earliest = joined_.end();
    for (std::size_t i = 0; i + 1 < word.size(); ++i) {
      const auto found = joined_.find(key_of(word[i], word[i + 1]));
      if (found != joined_.end() &&
          (earliest == joined_.end() || found->second < earliest->second)) {
        earliest = found;
      }
    }
    if (earliest == joined_.end()) return;
    const std::uint32_t pair = earliest->first;
    join_in(word, {static_cast<Token>(pair >> 16), static_cast<Token>(pair & 0xFFFFU)},
            earliest->second);
  }
}

void PieceTokenizer::encode(std::string_view text, std::vector<Token>& to) const {
  static_cast<void>(count_code_points(text));
  while (!text.empty()) {
    std::vector<Token> word = letters_of(take_word(text));
    join(word);
    to.insert(to.end(), word.begin(), word.end());
  }
}

std::string PieceTokenizer::serialised() const {
  return nlohmann::json{{"characters", characters_}, {"pairs", pairs_}}.dump();
}

}  // namespace atelier::sequence
