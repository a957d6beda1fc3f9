// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/verse/english_sounds.hpp"
#include "atelier/verse/form.hpp"
#include "atelier/verse/options.hpp"

namespace atelier::verse {

/// Places in the measures of a plan, as bits: each measure has a row of them, from before its first
/// syllable to after its last.
using Places = std::uint64_t;

/// How the syllables of a line fall. Written with
///   w  weak: no syllable that must be strong (Shape::stressed) may fall here,
///   s  strong, and x any: each syllable may,
///   f  the end of a word of several syllables, after its stressed one: feminine endings.
/// Source: Halle and Keyser, "Chaucer and the Study of Prosody", 1966: what a line must not do is
/// to put the stress of a longer word on a weak place. Differs: secondary stresses are free, and
/// the first foot may be turned around (x); feet within the line may not.
struct Measure {
  std::string pattern;
  std::vector<int> ends;  ///< numbers of syllables that a line may have
};

constexpr int unrhymed = -1;

struct PlannedLine {
  Places measures = 0;    ///< the places of the measures that the line may have
  int letter = unrhymed;  ///< lines of one letter rhyme
};

/// One of the ways that a form leaves: a rhyme scheme with measures.
struct Variant {
  std::string scheme;
  std::vector<PlannedLine> lines;
};

/// What an English form asks, with its options: for the constraint and the checker alike.
///
///   quatrain    ABAB, AABB, ABBA or ABCB, all in iambs of four feet or all of five
///   sonnet      ABAB CDCD EFEF GG; petrarchan: ABBA ABBA and CDECDE, CDCDCD, CDEDCE or CDDCEE;
///               iambic pentameter
///   limerick    AABBA; anapaests, three feet in A and two in B, the first of which may be an iamb;
///               a line may end in up to two more syllables, weak ones
///   haiku       5, 7 and 5 syllables
///   ballad      ABCB, ABAB or AABB in each stanza, iambs of four and three feet in turn
///   free        lines of 1 to 20 syllables, as many as the acrostic says or up to 48
/// Iambic lines may end in one more weak syllable. Without metre the numbers of syllables stay.
class EnglishPlan {
 public:
  /// Throws Error invalid_argument for options that do not belong to English or contradict the
  /// form.
  EnglishPlan(const Form& form, const VerseOptions& options);

  [[nodiscard]] const std::vector<Variant>& variants() const { return variants_; }
  [[nodiscard]] int least_lines() const { return least_lines_; }
  [[nodiscard]] int most_lines() const { return static_cast<int>(variants_.front().lines.size()); }
  /// Whether a line may stay empty after this one.
  [[nodiscard]] bool stanza_ends_after(int line) const;
  [[nodiscard]] bool rhyme() const { return rhyme_; }
  [[nodiscard]] bool near_rhyme() const { return near_rhyme_; }
  [[nodiscard]] bool metre() const { return metre_; }
  /// Letters in lower case.
  [[nodiscard]] const std::string& acrostic() const { return acrostic_; }

  /// Where lines of these measures begin, and where they may end.
  [[nodiscard]] Places begins(Places measures) const { return begins_ & measures; }
  [[nodiscard]] Places ends(Places measures) const { return ends_ & measures; }
  /// Where a word of this shape may begin. Moving on by its syllables is a shift to the left.
  [[nodiscard]] Places fits(const Shape& shape) const;
  /// Where a line that is at one of these places may be after the word.
  [[nodiscard]] Places after(Places at, const Shape& shape) const {
    return (at & fits(shape)) << shape.syllables;
  }
  /// Where words of one syllable may be added on the way to these places, and the places
  /// themselves.
  [[nodiscard]] Places filled_to(Places targets) const;

  /// The keys by which a reading may rhyme here.
  [[nodiscard]] std::vector<std::uint64_t> keys(const Reading& reading) const;

  /// Lines of the letter after this one, in the variant.
  [[nodiscard]] static int uses_after(const Variant& variant, int line);
  /// The lines of the letter before this one.
  [[nodiscard]] static std::vector<int> uses_before(const Variant& variant, int line);

 private:
  Places add(const Measure& measure);
  void add_variants(const std::vector<std::string>& schemes, const std::vector<Places>& lines);
  void plan(const Form& form, const VerseOptions& options);

  bool rhyme_, near_rhyme_, metre_;
  std::string acrostic_;
  int least_lines_ = 0, stanza_ = 0, used_ = 0;
  std::vector<Variant> variants_;
  Places begins_ = 0, ends_ = 0;
  Places weak_ = 0, feminine_ = 0;  ///< places of syllables, as Measure writes them
  Places between_ = ~Places{0};     ///< places of none: after a measure
};

}  // namespace atelier::verse
