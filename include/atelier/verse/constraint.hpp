// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/verse/chinese_sounds.hpp"
#include "atelier/verse/form.hpp"
#include "atelier/verse/options.hpp"

namespace atelier::verse {

class EnglishSounds;

/// What a poem needs next.
enum class Next {
  text,      ///< words go on; where may_end() or a mark that ends the line is allowed, so may they
  line_end,  ///< the line is full: only what ends it may follow
  poem_end,  ///< the poem is full: nothing may follow
};

/// Keeps a poem in its form while it is written piece by piece, from a vocabulary of pieces of
/// text.
///
/// What allowed() lets through can always be continued to a whole poem that check() accepts, with
/// pieces of the vocabulary. What it does not let through cannot, but for the limits that
/// english_constraint() names.
///
/// Cost of one allowed(): about 0.05 ms for 7,000 Chinese pieces, 1 ms for 8,000 English ones; up
/// to 35 ms where English meets a state for the first time with all words of the dictionary.
///
/// A poem ends where may_end() is true and its writer stops; there is no piece for it. A model's
/// token that ends texts stands in the vocabulary as an empty piece, which allowed() never lets
/// through: whoever chooses tokens sets it to may_end().
class Constraint {
 public:
  virtual ~Constraint() = default;

  /// Sets `allowed`, one a piece, to 1 where the piece may come next and to 0 elsewhere.
  virtual void allowed(std::span<std::uint8_t> allowed) const = 0;

  /// Adds a piece to the poem. Throws Error invalid_argument when it is not allowed.
  virtual void append(std::size_t piece) = 0;
  /// Adds text that need not be of pieces. Throws Error invalid_argument that says where it leaves
  /// the form.
  virtual void append_text(std::string_view text) = 0;

  [[nodiscard]] virtual Next next() const = 0;
  [[nodiscard]] virtual bool may_end() const = 0;

  /// The same poem so far, to be continued in another way.
  [[nodiscard]] virtual std::unique_ptr<Constraint> clone() const = 0;
};

/// For Chinese. Pieces are single characters and marks; others are never allowed. A line ends by a
/// mark (，、；：？！ after odd lines, 。？！； after even ones) or a line's end, which may also
/// follow the mark. Free verse has lines of 1 to 40 characters, as many as the acrostic says or up
/// to 48.
///
/// Throws Error invalid_argument when the vocabulary, the acrostic or the first line leave no way.
[[nodiscard]] std::unique_ptr<Constraint> chinese_constraint(
    const Form& form, const VerseOptions& options, const ChineseSounds& sounds,
    const std::vector<std::string>& vocabulary);

/// For English. A piece is a word, or a part of one, with what stands before and after it: "love",
/// " love", "ly", ", ", "\n". Letters that directly follow letters extend a word. Words are those
/// of `sounds.words()`; a piece with a capital only begins a word.
///
/// Between words stands a space, after at most one mark, or a dash; “ or ( may open before a word.
/// Pieces with other signs, or with letters in two places, are never allowed.
///
/// Limits: a line to come is taken to begin with a word of one syllable, so that a rhyme whose
/// words would each have to fill their lines alone is not used; of words some readings of which
/// sound alike ("read", "red" and "reed") a rhyme is taken to have one.
///
/// `sounds` must outlive the constraint. Throws as chinese_constraint().
[[nodiscard]] std::unique_ptr<Constraint> english_constraint(
    const Form& form, const VerseOptions& options, const EnglishSounds& sounds,
    const std::vector<std::string>& vocabulary);

}  // namespace atelier::verse
