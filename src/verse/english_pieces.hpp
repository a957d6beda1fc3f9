// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

/// A piece of text as a constraint sees it: what stands before its letters, these in lower case,
/// and what stands after them. Signs are one character each:
///   ' ' a space, '\n' a line's end, '.' a mark that may follow a word (, . ; : ! ? … ” and )),
///   '-' a dash or a hyphen, '(' a mark that may open before a word (“ and ().
struct EnglishPiece {
  std::string before, letters, after;
  bool usable = false;   ///< of these signs and one run of letters at most
  bool capital = false;  ///< has an upper-case letter: begins a word
  int begins = -1;  ///< node of a trie of words to which the letters lead; -1: no word begins so
};

[[nodiscard]] EnglishPiece parse_piece(std::string_view text);

}  // namespace atelier::verse
