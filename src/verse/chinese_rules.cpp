// SPDX-License-Identifier: Apache-2.0
#include "verse/chinese_rules.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse {

ChineseRules::ChineseRules(const Form& form, const VerseOptions& options)
    : form_(form),
      metre_(options.metre && form.length > 0),
      rhyme_(options.rhyme != "off" && form.length > 0),
      acrostic_(from_utf8(options.acrostic, "the acrostic")) {
  if (form.language != Language::chinese) {
    fail(ErrorKind::invalid_argument, "{} is no Chinese form.", form.name);
  }
  if (options.rhyme == "near") {
    fail(ErrorKind::invalid_argument,
         "near rhyme is for English; use rhyme-book modern13 for wider rhymes in Chinese.");
  }
  for (const char32_t c : acrostic_) {
    if (!is_han(c)) {
      fail(ErrorKind::invalid_argument, "the acrostic '{}' must be of Chinese characters alone.",
           options.acrostic);
    }
  }
  const int most = form.lines > 0 ? form.lines : most_free_lines;
  if (acrostic_.size() > static_cast<std::size_t>(most)) {
    fail(ErrorKind::invalid_argument, "the acrostic has {} characters; {} has at most {} lines.",
         acrostic_.size(), form.name, most);
  }
}

int ChineseRules::least_lines() const {
  if (form_.lines > 0) return form_.lines;
  return std::max(1, static_cast<int>(acrostic_.size()));
}

int ChineseRules::most_lines() const {
  if (form_.lines > 0) return form_.lines;
  return acrostic_.empty() ? most_free_lines : static_cast<int>(acrostic_.size());
}

ChineseRules::Ways ChineseRules::ways(int line) const {
  Ways ways;
  if (!metre_) {
    ways.set(0);
    if (rhyme_) ways.set(2);
    return ways;
  }
  for (std::size_t type = 0; type < regulated_types().size(); ++type) {
    const LineKind kind = kind_of(regulated_types()[type], line);
    for (std::size_t i = 0; i < patterns(kind, form_.length).size(); ++i) ways.set(2 * type + i);
  }
  return ways;
}

char ChineseRules::wanted(std::size_t way, int line, int place) const {
  if (!metre_) return '*';
  const LineKind kind = kind_of(regulated_types()[type_of(way)], line);
  return patterns(kind, form_.length)[way % 2][static_cast<std::size_t>(place)];
}

bool ChineseRules::rhymes(int line, std::size_t first_line_rhymes) const {
  return rhyme_ && (line % 2 == 1 || (line == 0 && first_line_rhymes == 1));
}

int ChineseRules::rhymes_from(int line, std::size_t first_line_rhymes) const {
  int count = 0;
  for (; line < form_.lines; ++line) count += rhymes(line, first_line_rhymes) ? 1 : 0;
  return count;
}

std::string ChineseRules::type_name(std::size_t type) const {
  if (!metre_) return {};
  return form_.length == 5 ? regulated_types()[type].name : regulated_types()[type].name_seven;
}

}  // namespace atelier::verse
