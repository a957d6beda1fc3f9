// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atelier::verse {

/// A word's sounds: a byte a phone of the ARPAbet. Vowels carry their stress: 1 primary, 2
/// secondary, 0 none.
class Pronunciation {
 public:
  /// From the dictionary's way of writing: "L AH1 V L IY0". Empty for anything else.
  static std::optional<Pronunciation> parse(std::string_view text);
  explicit Pronunciation(std::string phones) : phones_(std::move(phones)) {}

  [[nodiscard]] const std::string& phones() const noexcept { return phones_; }
  [[nodiscard]] std::string text() const;

  [[nodiscard]] int syllables() const;
  /// The stress of each syllable: "10".
  [[nodiscard]] std::string stresses() const;
  /// From the last stressed vowel on, without stress; from the last vowel where none is stressed.
  /// Words whose parts are the same rhyme perfectly.
  [[nodiscard]] std::string rhyme_part() const;
  /// The same with the consonants before it, back to the vowel before: "L AY T" of both "light" and
  /// "delight", which are one sound and no rhyme.
  [[nodiscard]] std::string rhyme_sound() const;
  /// The last vowel and what follows, with neighbouring consonants taken for one (voiced and
  /// voiceless, nasals, hissing ones): "time" and "thine", "memory" and "tree".
  [[nodiscard]] std::string loose_rhyme_part() const;

  bool operator==(const Pronunciation&) const = default;

 private:
  std::string phones_;
};

[[nodiscard]] bool is_vowel(char phone);
/// A vowel's stress, 0..2.
[[nodiscard]] int stress_of(char phone);
[[nodiscard]] char with_stress(char phone, int stress);
/// A phone by its name, without stress ("AH", "T"); 0 for no phone.
[[nodiscard]] char phone_named(std::string_view name);

/// Words with their pronunciations, most common first, from the text of a pronouncing dictionary in
/// the form of the CMU Pronouncing Dictionary: a word a line, then its phones; "word(2)" for
/// another way to say it; a note after #; lines that begin with ;;; are notes.
///
/// Words are in lower case. Those with anything but letters and apostrophes, and those without a
/// vowel, are passed over. Throws Error bad_input for a line of another form (naming it), broken
/// UTF-8, and more than 64 MiB.
[[nodiscard]] std::vector<std::pair<std::string, Pronunciation>> read_pronunciations(
    std::string_view text);

}  // namespace atelier::verse
