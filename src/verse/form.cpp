// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/form.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse {

const std::vector<Form>& forms() {
  using enum Language;
  static const std::vector<Form> all{
      {"wujue",
       "regulated quatrain: four lines of five characters",
       {"五言绝句", "五绝", "五言絕句", "五絕"},
       chinese,
       4,
       5},
      {"qijue",
       "regulated quatrain: four lines of seven characters",
       {"七言绝句", "七绝", "七言絕句", "七絕"},
       chinese,
       4,
       7},
      {"wulu",
       "regulated verse: eight lines of five characters",
       {"五言律诗", "五律", "五言律詩"},
       chinese,
       8,
       5},
      {"qilu",
       "regulated verse: eight lines of seven characters",
       {"七言律诗", "七律", "七言律詩"},
       chinese,
       8,
       7},
      {"ziyou", "free verse in Chinese", {"自由诗", "自由詩"}, chinese, 0, 0},
      {"quatrain", "four iambic lines of eight or of ten syllables, rhymed", {}, english, 4, 0},
      {"sonnet",
       "Shakespeare's sonnet: ABAB CDCD EFEF GG in iambic pentameter",
       {"shakespearean"},
       english,
       14,
       0},
      {"petrarchan",
       "Petrarch's sonnet: ABBA ABBA and a sestet in iambic pentameter",
       {"italian"},
       english,
       14,
       0},
      {"limerick", "AABBA in anapaests of three and two feet", {}, english, 5, 0},
      {"haiku", "three lines of five, seven and five syllables", {}, english, 3, 0},
      {"ballad",
       "stanzas of four lines, iambic, of eight, six, eight and six syllables",
       {},
       english,
       0,
       0},
      {"free", "free verse in English", {"free-verse"}, english, 0, 0},
  };
  return all;
}

const Form& find_form(std::string_view name) {
  std::vector<std::string> names;
  for (const Form& form : forms()) {
    if (form.name == name || std::ranges::find(form.aliases, name) != form.aliases.end()) {
      return form;
    }
    names.push_back(form.name);
  }
  fail(ErrorKind::invalid_argument, "there is no form '{}'; there are {}.", name,
       fmt::join(names, ", "));
}

bool ends_line(Language language, std::string_view piece) {
  if (language == Language::english) return piece.find('\n') != piece.npos;
  const auto first = first_code_point(piece);
  return first && ends_line(first->value);
}

}  // namespace atelier::verse
