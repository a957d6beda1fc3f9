// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/pronunciation.hpp"

#include <algorithm>
#include <array>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::verse {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

struct Phone {
  std::string_view name;
  bool vowel;
  std::string_view family;  ///< of consonants that near rhyme takes for one
};

/// A phone's byte is its place here, from 1, and 64 times a vowel's stress.
constexpr std::array<Phone, 39> all_phones{{
    {"AA", true, ""},   {"AE", true, ""},    {"AH", true, ""},    {"AO", true, ""},
    {"AW", true, ""},   {"AY", true, ""},    {"EH", true, ""},    {"ER", true, ""},
    {"EY", true, ""},   {"IH", true, ""},    {"IY", true, ""},    {"OW", true, ""},
    {"OY", true, ""},   {"UH", true, ""},    {"UW", true, ""},    {"B", false, "p"},
    {"CH", false, "c"}, {"D", false, "t"},   {"DH", false, "th"}, {"F", false, "f"},
    {"G", false, "k"},  {"HH", false, "h"},  {"JH", false, "c"},  {"K", false, "k"},
    {"L", false, "l"},  {"M", false, "n"},   {"N", false, "n"},   {"NG", false, "n"},
    {"P", false, "p"},  {"R", false, "r"},   {"S", false, "s"},   {"SH", false, "s"},
    {"T", false, "t"},  {"TH", false, "th"}, {"V", false, "f"},   {"W", false, "w"},
    {"Y", false, "y"},  {"Z", false, "s"},   {"ZH", false, "s"},
}};

constexpr int stress_step = 64;

const Phone& phone(char byte) {
  return all_phones[static_cast<std::size_t>(static_cast<unsigned char>(byte) % stress_step) - 1];
}

/// Words between blanks.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::size_t last_vowel(const std::string& phones, bool stressed) {
  for (std::size_t i = phones.size(); i-- > 0;) {
    if (is_vowel(phones[i]) && (!stressed || stress_of(phones[i]) > 0)) return i;
  }
  return std::string::npos;
}

/// The last stressed vowel, or the last one where none is stressed; the end where there is none.
std::size_t rhyme_begins(const std::string& phones) {
  const std::size_t stressed = last_vowel(phones, true);
  if (stressed != std::string::npos) return stressed;
  return std::min(last_vowel(phones, false), phones.size());
}

std::string without_stress(std::string phones) {
  for (char& byte : phones) byte = with_stress(byte, 0);
  return phones;
}

bool is_plain_word(std::string_view word) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return std::ranges::all_of(word, [&](char c) { return letter(c) || c == '\''; }) &&
         std::ranges::any_of(word, letter);
}

/// The word of "word(2)".
std::string_view without_number(std::string_view word) {
  const bool numbered = word.size() > 3 && word.ends_with(')') && word[word.size() - 3] == '(';
  return numbered ? word.substr(0, word.size() - 3) : word;
}

}  // namespace

bool is_vowel(char phone_byte) {
  return phone(phone_byte).vowel;
}

int stress_of(char phone_byte) {
  return static_cast<unsigned char>(phone_byte) / stress_step;
}

char with_stress(char phone_byte, int stress) {
  return static_cast<char>(static_cast<unsigned char>(phone_byte) % stress_step +
                           stress * stress_step);
}

char phone_named(std::string_view name) {
  const auto* found = std::ranges::find(all_phones, name, &Phone::name);
  return found == all_phones.end() ? '\0' : static_cast<char>(found - all_phones.begin() + 1);
}

std::optional<Pronunciation> Pronunciation::parse(std::string_view text) {
  std::string phones;
  for (std::string_view name : words_of(text)) {
    int stress = -1;
    if (name.back() >= '0' && name.back() <= '2') {
      stress = name.back() - '0';
      name.remove_suffix(1);
    }
    const char byte = phone_named(name);
    if (byte == 0 || is_vowel(byte) != (stress >= 0)) return std::nullopt;
    phones.push_back(with_stress(byte, std::max(stress, 0)));
  }
  if (phones.empty()) return std::nullopt;
  return Pronunciation(std::move(phones));
}

std::string Pronunciation::text() const {
  std::string text;
  for (const char byte : phones_) {
    if (!text.empty()) text += ' ';
    text += phone(byte).name;
    if (is_vowel(byte)) text += static_cast<char>('0' + stress_of(byte));
  }
  return text;
}

int Pronunciation::syllables() const {
  return static_cast<int>(std::ranges::count_if(phones_, is_vowel));
}

std::string Pronunciation::stresses() const {
  std::string result;
  for (const char byte : phones_) {
    if (is_vowel(byte)) result.push_back(static_cast<char>('0' + stress_of(byte)));
  }
  return result;
}

std::string Pronunciation::rhyme_part() const {
  return without_stress(phones_.substr(rhyme_begins(phones_)));
}

std::string Pronunciation::rhyme_sound() const {
  std::size_t from = rhyme_begins(phones_);
  while (from > 0 && !is_vowel(phones_[from - 1])) --from;
  return without_stress(phones_.substr(from));
}

std::string Pronunciation::loose_rhyme_part() const {
  const std::size_t from = last_vowel(phones_, false);
  if (from == std::string::npos) return {};
  std::string part(phone(phones_[from]).name);
  for (std::size_t i = from + 1; i < phones_.size(); ++i) part += phone(phones_[i]).family;
  return part;
}

std::vector<std::pair<std::string, Pronunciation>> read_pronunciations(std::string_view text) {
  if (text.size() > most_bytes) {
    fail(ErrorKind::bad_input, "the dictionary is {} bytes; at most {} are read.", text.size(),
         most_bytes);
  }
  static_cast<void>(from_utf8(text, "the dictionary"));
  std::vector<std::pair<std::string, Pronunciation>> entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view said = line.substr(0, line.find('#'));
    const std::vector<std::string_view> words = words_of(said);
    if (line.starts_with(";;;") || words.empty()) continue;
    const std::string_view word = without_number(words.front());
    const auto phones =
        static_cast<std::size_t>(words.front().data() - said.data()) + words.front().size();
    const auto pronunciation = Pronunciation::parse(said.substr(phones));
    if (!pronunciation) {
      fail(ErrorKind::bad_input, "line {} of the dictionary is no word with its phones: '{}'.",
           number, line.substr(0, 60));
    }
    if (is_plain_word(word) && pronunciation->syllables() > 0) {
      entries.emplace_back(word, *pronunciation);
    }
  }
  return entries;
}

}  // namespace atelier::verse
