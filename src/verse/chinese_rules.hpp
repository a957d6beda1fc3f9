// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <string>
#include <vector>

#include "atelier/verse/form.hpp"
#include "atelier/verse/options.hpp"
#include "verse/regulated.hpp"

namespace atelier::verse {

constexpr int most_free_lines = 48;
constexpr int most_free_length = 40;

/// What a Chinese form asks, with its options: for the constraint and the checker alike.
///
/// A way is one of the types that a poem may have with one of the patterns that its line may have
/// there: number 2 * type + pattern. Without metre there are two ways, whose first line rhymes (2)
/// or does not (0), and every place is free; free verse has one.
class ChineseRules {
 public:
  static constexpr std::size_t most_ways = 8;
  using Ways = std::bitset<most_ways>;

  /// Throws Error invalid_argument for options that do not belong to Chinese or contradict the
  /// form.
  ChineseRules(const Form& form, const VerseOptions& options);

  [[nodiscard]] bool is_free() const { return form_.length == 0; }
  [[nodiscard]] bool metre() const { return metre_; }
  [[nodiscard]] bool rhyme() const { return rhyme_; }
  [[nodiscard]] int length() const { return form_.length; }
  [[nodiscard]] const std::u32string& acrostic() const { return acrostic_; }
  [[nodiscard]] int least_lines() const;
  [[nodiscard]] int most_lines() const;

  /// Ways of the line, of any type.
  [[nodiscard]] Ways ways(int line) const;
  [[nodiscard]] static std::size_t type_of(std::size_t way) { return way / 2; }
  /// Whether the first line of the way's type rhymes: 0 or 1.
  [[nodiscard]] static std::size_t first_rhymes(std::size_t way) {
    return regulated_types()[type_of(way)].first_line_rhymes ? 1 : 0;
  }
  /// What a place of the line must be in this way: 'p', 'z' or '*'.
  [[nodiscard]] char wanted(std::size_t way, int line, int place) const;
  /// Whether the line rhymes where the first does or does not.
  [[nodiscard]] bool rhymes(int line, std::size_t first_line_rhymes) const;
  /// Lines that rhyme from this one on.
  [[nodiscard]] int rhymes_from(int line, std::size_t first_line_rhymes) const;
  /// "仄起首句不入韵"; empty without metre.
  [[nodiscard]] std::string type_name(std::size_t type) const;

 private:
  Form form_;
  bool metre_, rhyme_;
  std::u32string acrostic_;
};

}  // namespace atelier::verse
