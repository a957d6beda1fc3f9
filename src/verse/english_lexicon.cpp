// SPDX-License-Identifier: Apache-2.0
#include "verse/english_lexicon.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "atelier/base/error.hpp"
#include "verse/english_text.hpp"

namespace atelier::verse {
namespace {

constexpr std::size_t longest_word = 31;  // letters, so that beginnings fit 32 bits

std::vector<EnglishPiece> parsed(const std::vector<std::string>& vocabulary) {
  std::vector<EnglishPiece> pieces;
  pieces.reserve(vocabulary.size());
  for (const std::string& text : vocabulary) pieces.push_back(parse_piece(text));
  return pieces;
}

/// Words of letters and apostrophes; apostrophes at the ends only where the dictionary has them, so
/// that they are no marks of quotation.
std::vector<std::string> plain_words(const EnglishSounds& sounds) {
  std::vector<std::string> plain;
  std::ranges::copy_if(sounds.words(), std::back_inserter(plain), [&](const std::string& word) {
    return !word.empty() && word.size() <= longest_word &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz'") == std::string::npos &&
           (without_apostrophes(word) == word || sounds.knows(word));
  });
  return plain;
}

/// Which ends of words pieces of lower-case letters spell.
class Spelling {
 public:
  explicit Spelling(const std::vector<EnglishPiece>& pieces) {
    for (const EnglishPiece& piece : pieces) {
      if (!piece.usable || piece.capital || piece.letters.empty()) continue;
      if (!piece.before.empty() || !piece.after.empty()) continue;
      pieces_.insert(piece.letters);
      longest_ = std::max(longest_, piece.letters.size());
    }
    every_letter_ = true;
    for (char c = 'a'; c <= 'z'; ++c) every_letter_ = every_letter_ && holds(std::string(1, c));
    apostrophe_ = holds("'");
  }

  [[nodiscard]] std::uint32_t of(const std::string& word) const {
    const auto all = static_cast<std::uint32_t>((std::uint64_t{2} << word.size()) - 1);
    if (every_letter_ && (apostrophe_ || word.find('\'') == std::string::npos)) return all;
    std::uint32_t spelled = 1U << word.size();
    for (std::size_t from = word.size(); from-- > 0;) {
      for (std::size_t n = 1; n <= std::min(longest_, word.size() - from); ++n) {
        if ((spelled >> (from + n) & 1U) == 0 || !holds(word.substr(from, n))) continue;
        spelled |= 1U << from;
        break;
      }
    }
    return spelled;
  }

 private:
  [[nodiscard]] bool holds(const std::string& letters) const { return pieces_.contains(letters); }
  std::unordered_set<std::string> pieces_;
  std::size_t longest_ = 0;
  bool every_letter_ = false, apostrophe_ = false;
};

}  // namespace

EnglishLexicon::EnglishLexicon(const EnglishPlan& plan, const EnglishSounds& sounds,
                               const std::vector<std::string>& vocabulary)
    : plan_(plan),
      pieces_(parsed(vocabulary)),
      spellings_(plain_words(sounds)),
      trie_(spellings_),
      words_(spellings_.size()) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    words_[i].readings = sounds.readings(spellings_[i]);
  }
  spell(vocabulary);
  if (plan_.rhyme()) {
    find_families();
    find_rhymes();
  }
  find_last_words();
  check(vocabulary);
}

void EnglishLexicon::spell(const std::vector<std::string>& vocabulary) {
  const Spelling spelling(pieces_);
  const bool lone_space = std::ranges::find(vocabulary, " ") != vocabulary.end();
  Beginnings at_line(trie_.nodes()), after_word(trie_.nodes());
  for (EnglishPiece& piece : pieces_) {
    if (!piece.usable || piece.letters.empty()) continue;
    piece.begins = trie_.walk(0, piece.letters);
    const int node = piece.begins;
    if (node == WordTrie::none || !piece.after.empty()) continue;
    if (piece.before.empty()) at_line.add(node);
    if (piece.before == " " || (piece.before.empty() && lone_space)) after_word.add(node);
  }
  for (int index = 0; index < size(); ++index) {
    Word& word = words_[static_cast<std::size_t>(index)];
    const std::string& letters = spellings_[static_cast<std::size_t>(index)];
    word.spelled_from = spelling.of(letters);
    int node = trie_.node_of(index);
    for (std::size_t n = letters.size(); n > 0; --n, node = trie_.parent(node)) {
      if ((word.spelled_from >> n & 1U) == 0) continue;
      word.begins_line = word.begins_line || at_line.has(node);
      word.follows = word.follows || after_word.has(node);
    }
  }
}

void EnglishLexicon::add_beginnings(int index, Beginnings& to) const {
  const std::uint32_t spelled = word(index).spelled_from;
  int node = trie_.node_of(index);
  for (std::size_t n = spelling(index).size(); n > 0; --n, node = trie_.parent(node)) {
    if ((spelled >> n & 1U) != 0) to.add(node);
  }
}

const std::vector<int>& EnglishLexicon::rhymes(std::uint64_t key) const {
  static const std::vector<int> no_words;
  const auto found = rhymes_.find(key);
  return found == rhymes_.end() ? no_words : found->second;
}

bool EnglishLexicon::ends_line(const Reading& reading, Places measures) const {
  const Places last = plan_.fits(reading.shape) & (plan_.ends(measures) >> reading.shape.syllables);
  return (plan_.filled_to(last & ~plan_.begins(measures)) & plan_.begins(measures)) != 0;
}

const std::set<int>& EnglishLexicon::families(std::uint64_t key, Places measures) const {
  static const std::set<int> none;
  const auto keys = supplies_.find(measures);
  if (keys == supplies_.end()) return none;
  const auto found = keys->second.find(key);
  return found == keys->second.end() ? none : found->second;
}

int EnglishLexicon::supply(std::uint64_t key, Places measures) const {
  return static_cast<int>(families(key, measures).size());
}

int EnglishLexicon::used_up(const std::set<std::uint64_t>& sounds, std::uint64_t key,
                            Places measures) const {
  const std::set<int>& all = families(key, measures);
  std::set<int> gone;
  for (const std::uint64_t sound : sounds) {
    const auto family = family_.find(sound);
    if (family != family_.end() && all.contains(family->second)) gone.insert(family->second);
  }
  return static_cast<int>(gone.size());
}

Places EnglishLexicon::last_words_begin(Places measures, int least) const {
  const auto found = last_words_begin_.find({measures, least});
  return found == last_words_begin_.end() ? 0 : found->second;
}

void EnglishLexicon::find_last_words() {
  for (const Variant& variant : plan_.variants()) {
    for (std::size_t line = 0; line < variant.lines.size(); ++line) {
      const int after = EnglishPlan::uses_after(variant, static_cast<int>(line));
      last_words_begin_[{variant.lines[line].measures, after > 0 ? after + 1 : 0}] = 0;
    }
  }
  for (auto& [asked, begin] : last_words_begin_) {
    const Places measures = asked.first;
    const int least = asked.second;
    const auto enough = [&](std::uint64_t key) { return supply(key, measures) >= least; };
    for (const Word& word : words_) {
      if (!word.follows) continue;
      for (const Reading& reading : word.readings) {
        if (least > 0 && std::ranges::none_of(plan_.keys(reading), enough)) continue;
        begin |= plan_.fits(reading.shape) & (plan_.ends(measures) >> reading.shape.syllables);
      }
    }
  }
}

/// Joins the sounds of each word (disjoint sets, the smallest number stands for its set).
void EnglishLexicon::find_families() {
  std::vector<int> joined;
  const auto root = [&](int i) {
    while (joined[static_cast<std::size_t>(i)] != i) i = joined[static_cast<std::size_t>(i)];
    return i;
  };
  for (const Word& word : words_) {
    int first = -1;
    for (const Reading& reading : word.readings) {
      const auto [known, fresh] =
          family_.try_emplace(reading.sound, static_cast<int>(joined.size()));
      if (fresh) joined.push_back(known->second);
      const int own = root(known->second);
      if (first < 0) first = own;
      const auto [low, high] = std::minmax(first, own);
      joined[static_cast<std::size_t>(high)] = low;
      first = low;
    }
  }
  for (auto& [sound, family] : family_) family = root(family);
}

void EnglishLexicon::find_rhymes() {
  std::set<Places> measures;
  for (const Variant& variant : plan_.variants()) {
    for (const PlannedLine& line : variant.lines) {
      if (line.letter != unrhymed) measures.insert(line.measures);
    }
  }
  for (int index = 0; index < size(); ++index) {
    std::set<std::uint64_t> own;
    for (const Reading& reading : word(index).readings) {
      for (const std::uint64_t key : plan_.keys(reading)) own.insert(key);
      if (!word(index).follows) continue;
      for (const Places places : measures) {
        if (!ends_line(reading, places)) continue;
        for (const std::uint64_t key : plan_.keys(reading)) {
          supplies_[places][key].insert(family_.at(reading.sound));
        }
      }
    }
    for (const std::uint64_t key : own) rhymes_[key].push_back(index);
  }
}

void EnglishLexicon::check(const std::vector<std::string>& vocabulary) const {
  if (std::ranges::find(vocabulary, "\n") == vocabulary.end()) {
    fail(ErrorKind::invalid_argument, "the vocabulary has no line's end; add it as a piece.");
  }
  const auto one_syllable = [](const Word& word) {
    return std::ranges::any_of(word.readings,
                               [](const Reading& r) { return r.shape.syllables == 1; });
  };
  const auto any = [&](auto&& good) {
    for (int i = 0; i < size(); ++i) {
      if (one_syllable(word(i)) && good(i)) return true;
    }
    return false;
  };
  if (!any([&](int i) { return word(i).follows; }) ||
      !any([&](int i) { return word(i).begins_line; })) {
    fail(ErrorKind::invalid_argument,
         "the pieces of the vocabulary spell no word of one syllable that begins a line and none "
         "that follows a space; add some.");
  }
  for (const char letter : plan_.acrostic()) {
    if (!any([&](int i) { return word(i).begins_line && spelling(i).front() == letter; })) {
      fail(ErrorKind::invalid_argument,
           "the pieces of the vocabulary spell no word of one syllable that begins with the "
           "acrostic's '{}'; change it.",
           letter);
    }
  }
  for (const Variant& variant : plan_.variants()) {
    for (std::size_t line = 0; line < variant.lines.size(); ++line) {
      const int after = EnglishPlan::uses_after(variant, static_cast<int>(line));
      if (after == 0) continue;
      const Places measures = variant.lines[line].measures;
      if (last_words_begin(measures, after + 1) != 0) continue;
      fail(ErrorKind::invalid_argument,
           "no rhyme has {} words that the vocabulary spells; turn rhyme off, or ask for near "
           "rhyme.",
           after + 1);
    }
  }
}

}  // namespace atelier::verse
