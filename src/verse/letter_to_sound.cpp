// SPDX-License-Identifier: Apache-2.0
#include "verse/letter_to_sound.hpp"

#include <algorithm>
#include <string>

#include "verse/letter_alignment.hpp"

namespace atelier::verse {
namespace {

constexpr int widest = 4;                        // letters on either side
constexpr int longest_context = 2 * widest + 1;  // with the letter itself

/// The letters with blanks on both sides, so that every place has its neighbours.
std::string padded(std::string_view letters) {
  return std::string(widest, ' ') + std::string(letters) + std::string(widest, ' ');
}

/// A letter among its neighbours, `length` letters in all, by FNV-1a: as many on either side, or
/// one more after it.
std::uint64_t context(std::string_view padded_word, std::size_t letter, int length) {
  const auto size = static_cast<std::size_t>(length);
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : padded_word.substr(widest + letter - (size - 1) / 2, size)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return hash;
}

/// Exactly one primary stress where there is a vowel: the first of several, or the first vowel.
void mend_stress(std::string& phones) {
  const auto primary = [](char byte) { return is_vowel(byte) && stress_of(byte) == 1; };
  auto first = std::ranges::find_if(phones, primary);
  if (first == phones.end()) first = std::ranges::find_if(phones, is_vowel);
  for (char& byte : phones) {
    if (primary(byte)) byte = with_stress(byte, 2);
  }
  *first = with_stress(*first, 1);
}

}  // namespace

LetterToSound::LetterToSound(const std::vector<std::pair<std::string, Pronunciation>>& dictionary) {
  struct Vote {
    Phones phones;
    int count;
  };
  struct Votes {
    std::vector<Vote> cast;
    std::optional<Phones> shorter;  ///< what the longest shorter context decides
  };
  const std::vector<AlignedWord> words = align(dictionary);
  // From no neighbours to many: a context is worth a rule where it decides otherwise than the
  // shorter one within it.
  for (int length = 1; length <= longest_context; ++length) {
    std::unordered_map<std::uint64_t, Votes> all;
    for (const AlignedWord& word : words) {
      const std::string text = padded(word.letters);
      for (std::size_t i = 0; i < word.letters.size(); ++i) {
        Votes& votes = all[context(text, i, length)];
        if (votes.cast.empty()) votes.shorter = rule(text, i, length - 1);
        const auto same = std::ranges::find(votes.cast, word.phones[i], &Vote::phones);
        if (same == votes.cast.end()) {
          votes.cast.push_back({word.phones[i], 1});
        } else {
          ++same->count;
        }
      }
    }
    for (const auto& [key, votes] : all) {
      const Vote& most = *std::ranges::max_element(votes.cast, [](const Vote& x, const Vote& y) {
        return x.count != y.count ? x.count < y.count : x.phones > y.phones;
      });
      if (votes.shorter != most.phones) rules_[key] = most.phones;
    }
  }
}

std::optional<std::uint16_t> LetterToSound::rule(std::string_view padded_word, std::size_t letter,
                                                 int longest) const {
  for (int length = longest; length > 0; --length) {
    const auto found = rules_.find(context(padded_word, letter, length));
    if (found != rules_.end()) return found->second;
  }
  return std::nullopt;
}

Pronunciation LetterToSound::pronounce(std::string_view word) const {
  std::string letters;
  std::ranges::copy_if(word, std::back_inserter(letters),
                       [](char c) { return c >= 'a' && c <= 'z'; });
  const std::string text = padded(letters);
  std::string phones;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const Phones said = rule(text, i, longest_context).value_or(0);
    if ((said & 0xFF) != 0) phones.push_back(static_cast<char>(said & 0xFF));
    if (said > 0xFF) phones.push_back(static_cast<char>(said >> 8));
  }
  if (std::ranges::none_of(phones, is_vowel)) phones.push_back(phone_named("AH"));
  mend_stress(phones);
  return Pronunciation(std::move(phones));
}

}  // namespace atelier::verse
