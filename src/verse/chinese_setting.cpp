// SPDX-License-Identifier: Apache-2.0
#include "verse/chinese_setting.hpp"

#include <algorithm>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse {
namespace {

bool may_rhyme(const ChineseSetting& setting, const Sound& sound) {
  return !setting.rules.metre() || (sound.tones & level) != 0;
}

std::vector<Character> characters_of(const std::vector<std::string>& vocabulary,
                                     const ChineseSounds& sounds) {
  std::vector<Character> characters;
  characters.reserve(vocabulary.size());
  for (const std::string& piece : vocabulary) {
    Character character;
    try {
      const std::u32string text = from_utf8(piece, "a piece of the vocabulary");
      if (text.size() == 1) character = {text.front(), sounds.of(text.front())};
    } catch (const Error&) {  // a part of a character
    }
    characters.push_back(character);
  }
  return characters;
}

/// The types whose lines can begin with the characters of the acrostic.
ChineseRules::Ways viable_ways(const ChineseSetting& setting, const VerseOptions& options) {
  const ChineseRules& rules = setting.rules;
  ChineseRules::Ways viable;
  for (std::size_t type = 0; type < regulated_types().size(); ++type) {
    bool good = true;
    for (std::size_t line = 0; good && line < rules.acrostic().size(); ++line) {
      const Tones tones = setting.sounds.of(rules.acrostic()[line]).tones;
      const int number = static_cast<int>(line);
      bool any = !rules.metre();
      for (std::size_t way = 2 * type; rules.metre() && way < 2 * type + 2; ++way) {
        any = any || (rules.ways(number).test(way) && fits(tones, rules.wanted(way, number, 0)));
      }
      good = any;
    }
    if (good) viable.set(2 * type).set(2 * type + 1);
  }
  if (viable.none()) {
    fail(ErrorKind::invalid_argument,
         "the acrostic '{}' fits the tones of no type of the form; change it, or turn metre off.",
         options.acrostic);
  }
  return viable;
}

void check_supply(const ChineseSetting& setting, const VerseOptions& options) {
  const auto any = [&](auto&& is) { return std::ranges::any_of(setting.vocabulary, is); };
  const auto has_tone = [&](Tones tone) {
    return any([&](const Character& c) { return is_han(c.c) && (c.sound.tones & tone) != 0; });
  };
  if (setting.rules.metre() && !(has_tone(level) && has_tone(oblique))) {
    fail(ErrorKind::invalid_argument,
         "the vocabulary has no characters of known level and oblique tones; turn metre off.");
  }
  if (!any([](const Character& c) { return is_han(c.c); })) {
    fail(ErrorKind::invalid_argument, "the vocabulary has no Chinese characters.");
  }
  const auto ends_odd = [](const Character& c) { return ends_line(c.c) && c.c != U'。'; };
  if (!any(ends_odd) || !any([](const Character& c) { return ends_couplet(c.c); })) {
    fail(ErrorKind::invalid_argument,
         "the vocabulary has no mark that ends a line; add a line's end, or ， and 。.");
  }
  for (const char32_t c : setting.rules.acrostic()) {
    if (!any([&](const Character& piece) { return piece.c == c; })) {
      fail(ErrorKind::invalid_argument, "'{}' of the acrostic '{}' is not in the vocabulary.",
           to_utf8({&c, 1}), options.acrostic);
    }
  }
  const int needed = setting.rules.rhymes_from(0, 0);
  if (*std::ranges::max_element(setting.supply) < needed) {
    fail(ErrorKind::invalid_argument,
         "no rhyme of the book {} has {} characters in the vocabulary; turn rhyme off.",
         options.rhyme_book, needed);
  }
}

}  // namespace

std::shared_ptr<const ChineseSetting> chinese_setting(const Form& form, const VerseOptions& options,
                                                      const ChineseSounds& sounds,
                                                      const std::vector<std::string>& vocabulary) {
  auto setting = std::make_shared<ChineseSetting>(ChineseSetting{
      ChineseRules(form, options), sounds, characters_of(vocabulary, sounds), {}, {}});
  std::set<char32_t> counted;
  for (const Character& piece : setting->vocabulary) {
    if (!is_han(piece.c) || !may_rhyme(*setting, piece.sound)) continue;
    if (!counted.insert(piece.c).second) continue;
    for (std::size_t g = 0; g < most_groups; ++g) {
      setting->supply[g] += piece.sound.groups.test(g) ? 1 : 0;
    }
  }
  check_supply(*setting, options);
  setting->viable = viable_ways(*setting, options);
  return setting;
}

}  // namespace atelier::verse
