// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

enum class Language { chinese, english };

/// A form of poems. What each asks of tones stands in src/verse/regulated.hpp, of rhyme schemes and
/// stresses in src/verse/english_plan.cpp.
struct Form {
  std::string name;                  ///< "wujue"
  std::string title;                 ///< "五言绝句: four lines of five characters"
  std::vector<std::string> aliases;  ///< "五言绝句", "五绝"
  Language language;
  int lines;   ///< 0: any number (free verse), or as the option stanzas says (ballad)
  int length;  ///< Chinese: characters a line; 0: any. English: 0
};

/// Chinese: wujue, qijue, wulu, qilu, ziyou (free). English: quatrain, sonnet, petrarchan,
/// limerick, haiku, ballad, free.
[[nodiscard]] const std::vector<Form>& forms();

/// By name or alias. Throws Error invalid_argument listing the names there are.
[[nodiscard]] const Form& find_form(std::string_view name);

/// Whether a piece of a poem ends a line of it: in Chinese, where pieces are single characters, a
/// mark that ends lines; in English a line's end.
[[nodiscard]] bool ends_line(Language language, std::string_view piece);

}  // namespace atelier::verse
