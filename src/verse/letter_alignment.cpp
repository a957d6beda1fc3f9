// SPDX-License-Identifier: Apache-2.0
#include "verse/letter_alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace atelier::verse {
namespace {

constexpr int rounds = 4;
constexpr int most_phones = 2;  // a letter
constexpr float impossible = -std::numeric_limits<float>::infinity();

/// How well a letter stands for phones, by their names without stress.
class Scores {
 public:
  /// Before anything is known: vowels for vowels, consonants for consonants, one phone a letter.
  static float at_first(char letter, Phones phones) {
    if (phones == 0) return -1.5F;
    const bool vowel_letter = std::string_view("aeiouy").find(letter) != std::string_view::npos;
    float score = 0;
    for (const char byte : {static_cast<char>(phones & 0xFF), static_cast<char>(phones >> 8)}) {
      if (byte != 0 && is_vowel(byte) != vowel_letter) score -= 2;
    }
    return phones > 0xFF ? score - 3 : score;
  }

  [[nodiscard]] float of(char letter, Phones phones) const {
    if (scores_.empty()) return at_first(letter, phones);
    const auto found = scores_.find(key(letter, phones));
    constexpr float unseen = -14;
    return found == scores_.end() ? unseen : found->second;
  }

  void learn(const std::vector<AlignedWord>& words) {
    std::unordered_map<std::uint32_t, float> counts;
    std::array<float, 256> totals{};
    for (const AlignedWord& word : words) {
      for (std::size_t i = 0; i < word.letters.size(); ++i) {
        counts[key(word.letters[i], plain(word.phones[i]))] += 1;
        totals[static_cast<unsigned char>(word.letters[i])] += 1;
      }
    }
    scores_.clear();
    for (const auto& [k, count] : counts) scores_[k] = std::log(count / totals[k >> 16]);
  }

  static Phones plain(Phones phones) {
    const char first = with_stress(static_cast<char>(phones & 0xFF), 0);
    const char second = with_stress(static_cast<char>(phones >> 8), 0);
    return static_cast<Phones>(first | second << 8);
  }

 private:
  static std::uint32_t key(char letter, Phones phones) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(letter)) << 16 | phones;
  }
  std::unordered_map<std::uint32_t, float> scores_;
};

Phones chunk(const std::string& phones, std::size_t from, int count) {
  unsigned result = 0;
  for (int i = 0; i < count; ++i) {
    result |= static_cast<unsigned>(
                  static_cast<unsigned char>(phones[from + static_cast<std::size_t>(i)]))
              << (8 * i);
  }
  return static_cast<Phones>(result);
}

/// The best alignment by dynamic programming; false where there is none.
bool align_one(AlignedWord& word, const std::string& phones, const Scores& scores) {
  const std::size_t letters = word.letters.size(), count = phones.size(), row = count + 1;
  std::vector<float> best((letters + 1) * row, impossible);
  std::vector<std::uint8_t> taken(best.size());
  best[0] = 0;
  for (std::size_t i = 0; i < letters; ++i) {
    for (std::size_t j = 0; j <= count; ++j) {
      const float so_far = best[i * row + j];
      if (so_far == impossible) continue;
      for (int n = 0; n <= most_phones && j + static_cast<std::size_t>(n) <= count; ++n) {
        const float score = so_far + scores.of(word.letters[i], Scores::plain(chunk(phones, j, n)));
        const std::size_t to = (i + 1) * row + j + static_cast<std::size_t>(n);
        if (score > best[to]) {
          best[to] = score;
          taken[to] = static_cast<std::uint8_t>(n);
        }
      }
    }
  }
  if (best.back() == impossible) return false;
  word.phones.assign(letters, 0);
  std::size_t j = count;
  for (std::size_t i = letters; i-- > 0;) {
    const int n = taken[(i + 1) * row + j];
    j -= static_cast<std::size_t>(n);
    word.phones[i] = chunk(phones, j, n);
  }
  return true;
}

}  // namespace

std::vector<AlignedWord> align(
    const std::vector<std::pair<std::string, Pronunciation>>& dictionary) {
  std::vector<AlignedWord> words;
  Scores scores;
  for (int round = 0; round < rounds; ++round) {
    words.clear();
    for (const auto& [spelling, pronunciation] : dictionary) {
      AlignedWord word;
      std::ranges::copy_if(spelling, std::back_inserter(word.letters),
                           [](char c) { return c >= 'a' && c <= 'z'; });
      if (align_one(word, pronunciation.phones(), scores)) words.push_back(std::move(word));
    }
    scores.learn(words);
  }
  return words;
}

}  // namespace atelier::verse
