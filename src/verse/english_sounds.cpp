// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/english_sounds.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "verse/letter_to_sound.hpp"

namespace atelier::verse {
namespace {

constexpr std::uintmax_t most_dictionary_bytes = std::uintmax_t{64} << 20;

/// Words of several syllables that a line may stress as it likes, as it does those of one.
bool is_function_word(std::string_view word) {
  static const std::set<std::string_view> words{
      "into",    "onto",    "unto",    "upon",    "over",    "under",    "within",    "without",
      "after",   "before",  "between", "among",   "amid",    "about",    "above",     "behind",
      "beneath", "beside",  "beyond",  "against", "toward",  "towards",  "until",     "because",
      "whither", "thither", "hither",  "whether", "either",  "neither",  "every",     "any",
      "many",    "myself",  "thyself", "himself", "herself", "itself",   "ourselves", "themselves",
      "very",    "ever",    "never",   "even",    "other",   "although", "unless",    "whereas"};
  return words.contains(word);
}

/// Contractions that dictionaries of speech lack.
std::optional<std::string_view> contraction(std::string_view word) {
  using Pair = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Pair, 11> all{{{"o'er", "AO1 R"},
                                             {"e'er", "EH1 R"},
                                             {"ne'er", "N EH1 R"},
                                             {"e'en", "IY1 N"},
                                             {"ev'ry", "EH1 V R IY0"},
                                             {"heav'n", "HH EH1 V N"},
                                             {"ev'n", "IY1 V N"},
                                             {"giv'n", "G IH1 V N"},
                                             {"pow'r", "P AW1 R"},
                                             {"flow'r", "F L AW1 R"},
                                             {"th'", "DH AH0"}}};
  const auto* found = std::ranges::find(all, word, &Pair::first);
  if (found == all.end()) return std::nullopt;
  return found->second;
}

/// How an ending sounds behind a phone: voiceless behind voiceless ones, a syllable of its own
/// behind its like ("kiss'd", "hope's", "grace's").
std::string ending_phones(std::string_view ending, std::string_view last_phone) {
  const auto among = [&](std::initializer_list<std::string_view> phones) {
    return std::ranges::find(phones, last_phone) != phones.end();
  };
  if (ending == "'st") return "S T";
  const bool voiceless = among({"P", "T", "K", "F", "TH", "S", "SH", "CH"});
  if (ending == "'d") return among({"T", "D"}) ? "IH0 D" : voiceless ? "T" : "D";
  return among({"S", "Z", "SH", "ZH", "CH", "JH"}) ? "IH0 Z" : voiceless ? "S" : "Z";
}

std::uint64_t hash(char kind, std::string_view text) {
  std::uint64_t value =
      (0xcbf29ce484222325ULL ^ static_cast<unsigned char>(kind)) * 0x100000001b3ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

/// The spelling from the last group of vowels on, a silent e aside: "ove", "ind". A word that ends
/// in the vowels alone has none to compare but y.
std::string spelt_end(std::string_view word) {
  constexpr std::string_view vowels = "aeiouy";
  std::size_t end = word.size();
  if (end > 2 && word.ends_with('e') && vowels.find(word[end - 2]) == std::string_view::npos) --end;
  const std::size_t last = word.substr(0, end).find_last_of(vowels);
  if (last == std::string_view::npos) return std::string(word);
  std::size_t from = last;
  while (from > 0 && vowels.find(word[from - 1]) != std::string_view::npos) --from;
  return std::string(word.substr(from));
}

Reading reading_of(std::string_view word, const Pronunciation& said) {
  Reading reading;
  constexpr int most_syllables = 40;  // more than any measure has
  reading.shape.syllables = std::min(said.syllables(), most_syllables);
  if (reading.shape.syllables > 1 && !is_function_word(word)) {
    const std::string stresses = said.stresses();
    for (std::size_t i = 0; i < std::min<std::size_t>(stresses.size(), 32); ++i) {
      if (stresses[i] == '1') reading.shape.stressed |= 1U << i;
    }
  }
  reading.perfect = hash('p', said.rhyme_part());
  reading.loose = hash('l', said.loose_rhyme_part());
  reading.spelt = hash('s', spelt_end(word));
  reading.sound = hash('o', said.rhyme_sound());
  return reading;
}

bool same(const Reading& x, const Reading& y) {
  return x.shape == y.shape && x.perfect == y.perfect && x.loose == y.loose && x.sound == y.sound;
}

}  // namespace

struct EnglishSounds::Rules {
  std::once_flag learned;
  std::unique_ptr<LetterToSound> rules;
};

EnglishSounds::EnglishSounds() : rules_(std::make_unique<Rules>()) {}
EnglishSounds::~EnglishSounds() = default;
EnglishSounds::EnglishSounds(EnglishSounds&&) noexcept = default;
EnglishSounds& EnglishSounds::operator=(EnglishSounds&&) noexcept = default;

EnglishSounds EnglishSounds::from_dictionary(std::string_view text) {
  EnglishSounds sounds;
  sounds.dictionary_ = read_pronunciations(text);
  auto& dictionary = sounds.dictionary_;
  if (dictionary.empty()) fail(ErrorKind::bad_input, "the dictionary has no words.");
  std::ranges::stable_sort(dictionary, {}, &std::pair<std::string, Pronunciation>::first);
  for (std::size_t i = 0; i < dictionary.size();) {
    std::size_t end = i + 1;
    while (end < dictionary.size() && dictionary[end].first == dictionary[i].first) ++end;
    sounds.places_.emplace(dictionary[i].first, std::pair(i, end));
    sounds.words_.push_back(dictionary[i].first);
    i = end;
  }
  return sounds;
}

EnglishSounds EnglishSounds::read_dictionary(const std::filesystem::path& file) {
  return from_dictionary(read_file(file, most_dictionary_bytes));
}

void EnglishSounds::limit_words(const std::vector<std::string>& words) {
  words_.clear();
  std::ranges::copy_if(words, std::back_inserter(words_), [&](const std::string& word) {
    const bool is_letter = word.size() == 1 && word != "a" && word != "i" && word != "o";
    return !is_letter && !known_pronunciations(word).empty();
  });
  std::ranges::sort(words_);
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

bool EnglishSounds::knows(std::string_view word) const {
  return places_.contains(word);
}

std::vector<Pronunciation> EnglishSounds::known_pronunciations(std::string_view word) const {
  std::vector<Pronunciation> found;
  if (const auto place = places_.find(word); place != places_.end()) {
    for (std::size_t i = place->second.first; i < place->second.second; ++i) {
      found.push_back(dictionary_[i].second);
    }
    return found;
  }
  if (const auto said = contraction(word)) return {*Pronunciation::parse(*said)};
  for (const std::string_view ending : {"'d", "'st", "'s"}) {
    if (!word.ends_with(ending) || word.size() == ending.size()) continue;
    const std::string_view stem = word.substr(0, word.size() - ending.size());
    // "wander'st", "lov'd", "dimm'd"
    const std::array<std::string, 3> wholes{std::string(stem), std::string(stem) + 'e',
                                            std::string(stem.substr(0, stem.size() - 1))};
    const auto* whole = std::ranges::find_if(wholes, [&](const auto& w) { return knows(w); });
    if (whole == wholes.end()) continue;
    for (const Pronunciation& said : known_pronunciations(*whole)) {
      const std::string text = said.text();
      const std::string last = text.substr(text.rfind(' ') + 1);
      found.push_back(*Pronunciation::parse(text + ' ' + ending_phones(ending, last)));
    }
    return found;
  }
  return {};
}

std::vector<Pronunciation> EnglishSounds::pronunciations(std::string_view word) const {
  std::vector<Pronunciation> found = known_pronunciations(word);
  if (!found.empty()) return found;
  std::call_once(rules_->learned,
                 [&] { rules_->rules = std::make_unique<LetterToSound>(dictionary_); });
  return {rules_->rules->pronounce(word)};
}

std::vector<Reading> EnglishSounds::readings(std::string_view word) const {
  std::vector<Reading> all;
  for (const Pronunciation& said : pronunciations(word)) {
    const Reading reading = reading_of(word, said);
    if (std::ranges::none_of(all, [&](const Reading& known) { return same(known, reading); })) {
      all.push_back(reading);
    }
  }
  return all;
}

Rhyme rhyme_of(std::string_view one, std::string_view other, const EnglishSounds& sounds) {
  Rhyme best = Rhyme::none;
  if (one == other) return best;
  for (const Reading& x : sounds.readings(one)) {
    for (const Reading& y : sounds.readings(other)) {
      if (x.sound == y.sound) continue;
      if (x.perfect == y.perfect) return Rhyme::perfect;
      if (x.loose == y.loose || x.spelt == y.spelt) best = Rhyme::near;
    }
  }
  return best;
}

}  // namespace atelier::verse
