// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/text_likeness.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "appraise/text/word_vectors.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/chinese_text.hpp"
#include "verse/poem_text.hpp"

namespace atelier::appraise {
namespace {

constexpr std::size_t most_shared = 4;

/// English articles, pronouns, prepositions, conjunctions and auxiliary verbs, which say nothing of
/// what a text is about; sorted.
constexpr std::array<std::string_view, 76> little_words{
    "a",     "all",  "am",   "an",   "and",  "are",   "as",   "at",   "be",    "been",  "but",
    "by",    "can",  "did",  "do",   "does", "for",   "from", "had",  "has",   "hath",  "have",
    "he",    "her",  "him",  "his",  "i",    "if",    "in",   "into", "is",    "it",    "its",
    "me",    "my",   "no",   "nor",  "not",  "of",    "on",   "or",   "our",   "shall", "she",
    "so",    "than", "that", "the",  "thee", "their", "them", "then", "there", "they",  "this",
    "thou",  "thy",  "to",   "upon", "us",   "was",   "we",   "were", "what",  "when",  "where",
    "which", "who",  "whom", "will", "with", "would", "ye",   "yet",  "you",   "your"};
static_assert(std::ranges::is_sorted(little_words));

/// How often each word but the little ones, each character and pair of characters stands in a text.
std::map<std::string, double, std::less<>> counts_of(std::string_view text) {
  std::map<std::string, double, std::less<>> counts;
  for (const std::string& word : words_of(text)) {
    if (!std::ranges::binary_search(little_words, std::string_view(word))) ++counts[word];
  }
  for (const std::u32string& line : verse::lines_of_verse(verse::poem_from_utf8(text))) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      ++counts[to_utf8(line.substr(i, 1))];
      if (i + 1 < line.size()) ++counts[to_utf8(line.substr(i, 2))];
    }
  }
  return counts;
}

/// Of a term that so many of all texts hold: never 0, so that two texts can be compared with one.
double rarity(double holding, double all) {
  return std::log1p((all - holding + 0.5) / (holding + 0.5));
}

}  // namespace

TextLikeness::TextLikeness(std::span<const std::string> texts) {
  std::map<std::string, double, std::less<>> holding;
  for (const std::string& text : texts) {
    for (const auto& [term, count] : counts_of(text)) ++holding[term];
  }
  const auto all = static_cast<double>(texts.size());
  for (const auto& [term, count] : holding) rarity_[term] = rarity(count, all);
  unseen_ = rarity(0, all);
  for (const std::string& text : texts) texts_.push_back(vector_of(text));
}

TextLikeness::Vector TextLikeness::vector_of(std::string_view text) const {
  Vector vector = counts_of(text);
  double squares = 0;
  for (auto& [term, weight] : vector) {
    const auto known = rarity_.find(term);
    weight = (1 + std::log(weight)) * (known == rarity_.end() ? unseen_ : known->second);
    squares += weight * weight;
  }
  for (auto& [term, weight] : vector) weight /= std::sqrt(squares);
  return vector;
}

std::vector<TextNeighbour> TextLikeness::nearest(std::string_view text, std::size_t count,
                                                 std::size_t without) const {
  const Vector asked = vector_of(text);
  std::vector<TextNeighbour> found;
  for (std::size_t place = 0; place < texts_.size(); ++place) {
    if (place == without) continue;
    std::vector<std::pair<double, std::string>> shared;
    TextNeighbour neighbour{place, 0, {}};
    for (const auto& [term, weight] : asked) {
      const auto in = texts_[place].find(term);
      if (in == texts_[place].end()) continue;
      neighbour.likeness += weight * in->second;
      shared.emplace_back(-weight * in->second, term);
    }
    if (shared.empty()) continue;
    std::sort(shared.begin(), shared.end());
    if (shared.size() > most_shared) shared.resize(most_shared);
    for (auto& [weight, term] : shared) neighbour.shared.push_back(std::move(term));
    found.push_back(std::move(neighbour));
  }
  std::stable_sort(found.begin(), found.end(), [](const TextNeighbour& a, const TextNeighbour& b) {
    return a.likeness > b.likeness;
  });
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace atelier::appraise
