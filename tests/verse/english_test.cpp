// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../base/error_matcher.hpp"
#include "atelier/base/random.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/constraint.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "small_dictionary.hpp"
#include "verse/english_text.hpp"

namespace atelier::verse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const EnglishSounds& sounds() {
  static const auto small = EnglishSounds::from_dictionary(test::small_dictionary);
  return small;
}

constexpr const char* sonnet_18 =
    "Shall I compare thee to a summer's day?\n"
    "Thou art more lovely and more temperate:\n"
    "Rough winds do shake the darling buds of May,\n"
    "And summer's lease hath all too short a date;\n"
    "Sometime too hot the eye of heaven shines,\n"
    "And often is his gold complexion dimm'd;\n"
    "And every fair from fair sometime declines,\n"
    "By chance or nature's changing course untrimm'd;\n\n"
    "But thy eternal summer shall not fade,\n"
    "Nor lose possession of that fair thou ow’st;\n"
    "Nor shall death brag thou wander'st in his shade,\n"
    "When in eternal lines to time thou grow'st:\n"
    "So long as men can breathe or eyes can see,\n"
    "So long lives this, and this gives life to thee.\n";

nlohmann::ordered_json check(const char* poem, const char* form, const char* rhyme = "perfect") {
  VerseOptions options;
  options.rhyme = rhyme;
  return check_english(poem, find_form(form), options, sounds());
}

TEST(CheckEnglish, KnowsShakespeare) {
  const auto near = check(sonnet_18, "sonnet", "near");
  EXPECT_EQ(near["rhyme"]["asked"], 7);
  EXPECT_EQ(near["rhyme"]["right"], 7) << near.dump(1);
  const auto perfect = check(sonnet_18, "sonnet");
  EXPECT_THAT(perfect["rhyme"]["faults"].dump(), "[[2,4]]");  // temperate, date
  // The dictionary stresses the first syllable of sometime, where line 7 wants the second.
  EXPECT_THAT(perfect["metre"]["faults"].dump(), "[7]");
  EXPECT_EQ(perfect["metre"]["syllables"][0].dump(), "[10,10]");
  EXPECT_FALSE(perfect["kept"].get<bool>());
  EXPECT_LT(check(sonnet_18, "petrarchan", "near")["rhyme"]["right"], 5);
}

TEST(CheckEnglish, KnowsALimerick) {
  const auto report = check(
      "A painter who lived by the sea\nwould take a small boat after tea,\n"
      "and paint the slow tide\ntill the day had died\nand come back as glad as could be.",
      "limerick");
  EXPECT_TRUE(report["kept"].get<bool>()) << report.dump(1);
  EXPECT_EQ(report["rhyme"]["asked"], 3);
}

TEST(CheckEnglish, KnowsAHaiku) {
  EXPECT_TRUE(check("An old silent pond\na frog jumps into the pond\nsplash - silence again",
                    "haiku")["kept"]
                  .get<bool>());
  const auto report = check("An old silent pond\na frog jumps in the pond\nsplash", "haiku");
  EXPECT_FALSE(report["kept"].get<bool>());
  EXPECT_EQ(report["metre"]["faults"].dump(), "[2,3]");
  EXPECT_EQ(report["metre"]["syllables"][1].dump(), "[6,6]");
}

TEST(CheckEnglish, FindsTheSchemeOfAQuatrain) {
  const auto report =
      check("So long as men can see the light\nand come to love the day,\nwe follow\nthe way",
            "quatrain");
  EXPECT_FALSE(report["metre"]["kept"].get<bool>());
  EXPECT_EQ(report["scheme"], "ABCB");
  EXPECT_THAT(report["unknown"], ElementsAre("we"));
}

TEST(CheckEnglish, ReadsAnyText) {
  for (const char* text : {"", "\n\n", "🙂", "'", "' '", "Él está aquí", "12 34"}) {
    for (const Form& form : forms()) {
      if (form.language != Language::english) continue;
      EXPECT_NO_THROW(static_cast<void>(check(text, form.name.c_str()))) << text;
    }
  }
  EXPECT_ERROR(check("\xC3", "free"), bad_input, HasSubstr("no UTF-8"));
  EXPECT_ERROR(check("x", "wulu"), invalid_argument, HasSubstr("no English form"));
}

TEST(EnglishText, PartsLinesAndWords) {
  const auto known = [](const std::string& word) { return word == "'tis"; };
  const auto lines = lines_of_words("‘’Tis the ‘love’ —\n\n don't!", known);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], ElementsAre("tis", "the", "love"));
  EXPECT_THAT(lines[1], ElementsAre("don't"));
}

/// Words after a space, some of them at the line's beginning as well, letters, parts and marks.
std::vector<std::string> vocabulary() {
  std::vector<std::string> pieces{"\n", " ", ",",    ".",      "!\n",   "-",
                                  "“",  "”", " the", "ing",    "low",   "xyz",
                                  "12", "",  "\xC3", " love,", ", and", "\n\n"};
  for (char c = 'a'; c <= 'z'; ++c) pieces.emplace_back(1, c);
  pieces.emplace_back("'");
  std::size_t number = 0;
  for (const std::string& word : sounds().words()) {
    pieces.push_back(" " + word);
    if (++number % 3 == 0) {
      std::string capital = word;
      capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
      pieces.push_back(capital);
    }
  }
  return pieces;
}

std::string random_poem(Constraint& constraint, const std::vector<std::string>& pieces,
                        RandomStream& chance) {
  std::string poem;
  std::vector<std::uint8_t> allowed(pieces.size());
  while (constraint.next() != Next::poem_end) {
    if (constraint.may_end() && chance.uniform() < 0.3) break;
    constraint.allowed(allowed);
    std::vector<std::size_t> choices;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (allowed[i] != 0) choices.push_back(i);
    }
    if (choices.empty()) return poem + "(nothing may follow)";
    const auto choice =
        choices[static_cast<std::size_t>(chance.uniform() * static_cast<double>(choices.size()))];
    constraint.append(choice);
    poem += pieces[choice];
  }
  return poem;
}

struct Case {
  const char* form;
  VerseOptions options;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* form : {"quatrain", "sonnet", "limerick", "haiku", "ballad", "free"}) {
    for (const char* rhyme : {"perfect", "near", "off"}) {
      for (const bool metre : {true, false}) {
        for (const char* acrostic : {"", "Sea"}) {
          VerseOptions options;
          options.rhyme = rhyme;
          options.metre = metre;
          options.acrostic = acrostic;
          options.stanzas = 2;
          all.push_back({form, options});
        }
      }
    }
  }
  return all;
}

TEST(EnglishConstraint, RandomPoemsKeepTheirForm) {
  const auto pieces = vocabulary();
  RandomStream chance(1, "english");
  for (const Case& c : cases()) {
    const auto fresh = english_constraint(find_form(c.form), c.options, sounds(), pieces);
    for (int i = 0; i < 6; ++i) {
      const std::string poem = random_poem(*fresh->clone(), pieces, chance);
      const auto report = check_english(poem, find_form(c.form), c.options, sounds());
      ASSERT_TRUE(report["kept"].get<bool>()) << poem << report.dump(1);
    }
  }
}

bool accepts(const Constraint& fresh, const std::string& poem) {
  const auto constraint = fresh.clone();
  try {
    constraint->append_text(poem);
  } catch (const Error&) {
    return false;
  }
  return constraint->may_end();
}

/// Whether a poem of plain words can be written letter by letter with what is allowed.
bool spells(const Constraint& fresh, const std::string& poem,
            const std::vector<std::string>& pieces) {
  const auto constraint = fresh.clone();
  std::vector<std::uint8_t> allowed(pieces.size());
  for (const char c : poem) {
    const auto piece =
        static_cast<std::size_t>(std::ranges::find(pieces, std::string(1, c)) - pieces.begin());
    constraint->allowed(allowed);
    if (allowed.at(piece) == 0) return false;
    constraint->append(piece);
  }
  return constraint->may_end();
}

// Poems with one word changed: the constraint takes those that the checker accepts, as text and
// letter by letter.
TEST(EnglishConstraint, AgreesWithTheChecker) {
  const auto pieces = vocabulary();
  RandomStream chance(2, "english");
  const auto below = [&](std::size_t n) {
    return static_cast<std::size_t>(chance.uniform() * static_cast<double>(n));
  };
  int kept = 0, all = 0;
  for (const Case& c : cases()) {
    const auto fresh = english_constraint(find_form(c.form), c.options, sounds(), pieces);
    const std::string poem = random_poem(*fresh->clone(), pieces, chance);
    const auto lines = lines_of_words(poem, [](const std::string& w) { return sounds().knows(w); });
    for (int i = 0; i < 60; ++i) {
      auto changed = lines;
      auto& line = changed[below(changed.size())];
      line[below(line.size())] = sounds().words()[below(sounds().words().size())];
      std::string text;
      for (std::size_t n = 0; n < changed.size(); ++n) {
        if (n > 0) text += '\n';
        for (std::size_t w = 0; w < changed[n].size(); ++w) {
          text += (w > 0 ? " " : "") + changed[n][w];
        }
      }
      const bool right =
          check_english(text, find_form(c.form), c.options, sounds())["kept"].get<bool>();
      ASSERT_EQ(accepts(*fresh, text), right) << text;
      if (i < 12) {
        ASSERT_EQ(spells(*fresh, text, pieces), right) << text;
      }
      kept += right ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GT(kept, all / 10);
  EXPECT_LT(kept, all);
}

TEST(EnglishConstraint, SaysWhenLinesAndPoemsEnd) {
  const auto constraint = english_constraint(find_form("haiku"), {}, sounds(), vocabulary());
  constraint->append_text("an old silent pond");
  EXPECT_EQ(constraint->next(), Next::line_end);
  EXPECT_FALSE(constraint->may_end());
  constraint->append_text("\na frog jumps into the pond\nsplash - silence again");
  EXPECT_TRUE(constraint->may_end());
  constraint->append_text("\n");
  EXPECT_EQ(constraint->next(), Next::poem_end);
}

TEST(EnglishConstraint, GoesOnFromAFirstLineOfUnknownWords) {
  VerseOptions options;
  options.rhyme = "near";
  options.first_line = "We wonder, if a frog of May";
  const auto pieces = vocabulary();
  const auto constraint = english_constraint(find_form("quatrain"), options, sounds(), pieces);
  RandomStream chance(3, "english");
  const std::string poem = options.first_line + random_poem(*constraint, pieces, chance);
  options.first_line.clear();
  const auto report = check_english(poem, find_form("quatrain"), options, sounds());
  EXPECT_TRUE(report["kept"].get<bool>()) << poem << report.dump(1);
}

TEST(EnglishConstraint, RefusesWhatLeavesNoWay) {
  const auto refused = [](const VerseOptions& options, const std::vector<std::string>& pieces) {
    return english_constraint(find_form("haiku"), options, sounds(), pieces);
  };
  EXPECT_ERROR(refused({}, {"a", " a"}), invalid_argument, HasSubstr("line's end"));
  EXPECT_ERROR(refused({}, {"\n", "heaven"}), invalid_argument, HasSubstr("one syllable"));
  VerseOptions options;
  options.acrostic = "abcd";
  EXPECT_ERROR(refused(options, vocabulary()), invalid_argument, HasSubstr("at most 3 lines"));
  options.acrostic = "q";
  EXPECT_ERROR(refused(options, vocabulary()), invalid_argument, HasSubstr("acrostic's 'q'"));
  options = {};
  options.first_line = "an old and silent summer's day";
  EXPECT_ERROR(refused(options, vocabulary()), invalid_argument, HasSubstr("line 1"));
  EXPECT_ERROR(english_constraint(find_form("sonnet"), {}, sounds(), {"\n", "night", " night"}),
               invalid_argument, HasSubstr("no rhyme has 2 words"));
}

}  // namespace
}  // namespace atelier::verse
