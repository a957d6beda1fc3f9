// SPDX-License-Identifier: Apache-2.0
#include "verse/english_steps.hpp"

#include <algorithm>

#include "verse/english_text.hpp"

namespace atelier::verse {

void EnglishSteps::look(Place& place) const {
  if (place.facts || place.where == Where::done) return;
  auto facts = std::make_shared<LineFacts>();
  facts->needs = needs_of_line(plan(), lexicon(), place.ended, place.viable);
  facts->go_on = can_go_on(facts->needs, plan(), lexicon());
  place.at = 0;
  for (const Need& need : facts->needs) place.at |= plan().begins(need.measures);
  place.facts = std::move(facts);
}

char EnglishSteps::letter_wanted(const Place& place) const {
  const std::size_t line = place.ended.size();
  return place.first_word && line < plan().acrostic().size() ? plan().acrostic()[line] : '\0';
}

bool EnglishSteps::fits_acrostic(const Place& place, char letter) const {
  const char wanted = letter_wanted(place);
  return place.where == Where::in_word || wanted == 0 || wanted == letter;
}

void EnglishSteps::add_letters(Place& place, std::string_view letters, bool given) const {
  if (place.where != Where::in_word) {
    place.where = Where::in_word;
    place.word.clear();
    place.node = 0;
    place.opened = false;
    place.end.reset();
  }
  place.given = given;
  place.word += letters;
  place.node = lexicon().trie().walk(place.node, letters);
}

bool EnglishSteps::take(Place& place, std::string_view signs) const {
  return std::ranges::all_of(signs, [&](char sign) { return step(place, sign); });
}

bool EnglishSteps::step(Place& place, char sign) const {
  switch (place.where) {
    case Where::line_begins:
      return step_at_line(place, sign);
    case Where::in_word:
      return end_word(place) && step_after_word(place, sign, true);
    case Where::after_word:
      return step_after_word(place, sign, false);
    case Where::word_must_follow:
      if (sign != '(' || place.opened) return false;
      place.opened = true;
      return true;
    case Where::done:
      return false;
  }
  return false;
}

bool EnglishSteps::step_at_line(Place& place, char sign) const {
  if (place.opened) return false;
  if (sign == '(') {
    place.opened = true;
    return true;
  }
  const int ended = static_cast<int>(place.ended.size());
  if (sign != '\n' || place.empty_line || ended == 0 || !plan().stanza_ends_after(ended - 1)) {
    return false;
  }
  place.empty_line = true;
  return true;
}

std::vector<Reading> EnglishSteps::readings_of(Place& place) const {
  const int index =
      place.node == WordTrie::none ? WordTrie::none : lexicon().trie().word(place.node);
  if (index != WordTrie::none) return lexicon().word(index).readings;
  if (!place.given) return {};
  if (!setting_.sounds().knows(place.word)) {
    place.word = std::string(without_apostrophes(place.word));
  }
  return place.word.empty() ? std::vector<Reading>() : setting_.sounds().readings(place.word);
}

bool EnglishSteps::end_word(Place& place) const {
  LineEnd end;
  Places on = 0;
  bool may_end = false;
  for (const Reading& reading : readings_of(place)) {
    const Places to = plan().after(place.at, reading.shape);
    on |= to & place.facts->go_on;
    end.said.push_back({reading, to});
    may_end = may_end || std::ranges::any_of(place.facts->needs, [&](const Need& need) {
                return meets(need, plan(), lexicon(), place.word, reading, to);
              });
  }
  end.word = place.word;
  place.at = on;
  place.end.reset();
  if (may_end) place.end = std::move(end);
  place.where = Where::after_word;
  place.first_word = false;
  return on != 0 || may_end;
}

bool EnglishSteps::step_after_word(Place& place, char sign, bool directly) const {
  if (sign == '.') return directly;
  if (sign == ' ' || (sign == '-' && directly)) {
    place.where = Where::word_must_follow;
    return place.at != 0;
  }
  return sign == '\n' && place.end && end_line(place);
}

bool EnglishSteps::end_line(Place& place) const {
  std::uint32_t viable = 0;
  for (const Need& need : place.facts->needs) {
    for (const auto& [reading, to] : place.end->said) {
      if (meets(need, plan(), lexicon(), place.end->word, reading, to)) viable |= need.variants;
    }
  }
  place.viable = viable;
  place.ended.push_back(std::move(*place.end));
  place.end.reset();
  place.facts.reset();
  place.first_word = true;
  place.empty_line = false;
  const bool full = static_cast<int>(place.ended.size()) == plan().most_lines();
  place.where = full ? Where::done : Where::line_begins;
  return true;
}

}  // namespace atelier::verse
