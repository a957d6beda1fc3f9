// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../base/error_matcher.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/constraint.hpp"
#include "atelier/verse/script.hpp"
#include "verse/chinese_text.hpp"
#include "verse/mandarin.hpp"
#include "verse/regulated.hpp"
#include "verse/transliterate.hpp"

namespace atelier::verse {
namespace {

using testing::HasSubstr;

const ChineseSounds& tang() {
  static const auto sounds =
      ChineseSounds::read_table(std::string(ATELIER_SOURCE_DIR) + "/models/verse_zh.json");
  return sounds;
}

constexpr const char* tower = "白日依山盡，黃河入海流。欲窮千里目，更上一層樓。";
constexpr const char* spring =
    "國破山河在，城春草木深。感時花濺淚，恨別鳥驚心。"
    "烽火連三月，家書抵萬金。白頭搔更短，渾欲不勝簪。";

TEST(Regulated, LinesOfAPoemFollowOneAnother) {
  for (const RegulatedType& type : regulated_types()) {
    for (int line = 0; line < 16; ++line) {
      const std::string tones = canonical(kind_of(type, line), 5);
      // Even lines end level, odd ones oblique but the first that rhymes.
      EXPECT_EQ(tones.back() == 'p', line % 2 == 1 || (line == 0 && type.first_line_rhymes));
      if (line == 0) continue;
      const std::string last = canonical(kind_of(type, line - 1), 5);
      // Within a couplet the second characters differ, between couplets they agree.
      EXPECT_EQ(tones[1] == last[1], line % 2 == 0) << type.name << line;
    }
  }
}

TEST(Regulated, PatternsAdmitTheLineWithoutFreedoms) {
  for (const LineKind kind : {LineKind::a, LineKind::b, LineKind::c, LineKind::d}) {
    for (const int length : {5, 7}) {
      const std::string tones = canonical(kind, length);
      bool any = false;
      for (const std::string& pattern : patterns(kind, length)) {
        bool all = pattern.size() == tones.size();
        for (std::size_t i = 0; all && i < tones.size(); ++i) {
          all = fits(tones[i] == 'p' ? level : oblique, pattern[i]);
        }
        any = any || all;
      }
      EXPECT_TRUE(any) << tones;
    }
  }
}

TEST(CheckChinese, KnowsTheTower) {
  const auto report = check_chinese(tower, find_form("五绝"), {}, tang());
  EXPECT_TRUE(report["kept"].get<bool>()) << report.dump(1);
  EXPECT_EQ(report["type"], "仄起首句不入韵");
  EXPECT_EQ(report["rhyme"]["asked"], 2);
}

TEST(CheckChinese, KnowsSpringInSimplifiedCharactersToo) {
  const auto report = check_chinese(spring, find_form("wulu"), {}, tang());
  EXPECT_EQ(report["type"], "仄起首句不入韵");
  EXPECT_TRUE(report["tones"]["kept"].get<bool>()) << report.dump(1);
  if (!have_transliterator()) GTEST_SKIP() << "this build has no ICU";
  const auto simplified =
      check_chinese(to_utf8(to_simplified(from_utf8(spring, "x"))), find_form("wulu"), {}, tang());
  EXPECT_TRUE(simplified["tones"]["kept"].get<bool>()) << simplified.dump(1);
}

TEST(CheckChinese, NamesWhatIsWrong) {
  // 流 and 天 do not rhyme; 山 in the place of 日 is level.
  const auto report = check_chinese("白山依山盡，黃河入海流。欲窮千里目，更上一重天。",
                                    find_form("wujue"), {}, tang());
  EXPECT_FALSE(report["kept"].get<bool>());
  EXPECT_FALSE(report["rhyme"]["kept"].get<bool>());
  EXPECT_EQ(report["tones"]["faults"][0]["place"], 2);
  const auto short_one = check_chinese("白日依山", find_form("wujue"), {}, tang());
  EXPECT_FALSE(short_one["lines"]["kept"].get<bool>());
  EXPECT_FALSE(short_one["lengths"]["kept"].get<bool>());
  EXPECT_FALSE(short_one.contains("tones"));
}

TEST(CheckChinese, RefusesBrokenTextAndOtherLanguages) {
  EXPECT_ERROR(check_chinese("\xE8", find_form("wujue"), {}, tang()), bad_input,
               HasSubstr("no UTF-8"));
  EXPECT_ERROR(check_chinese("", find_form("sonnet"), {}, tang()), invalid_argument,
               HasSubstr("no Chinese form"));
  EXPECT_FALSE(check_chinese("🙂", find_form("ziyou"), {}, tang())["kept"].get<bool>());
}

TEST(Mandarin, ReadsFinals) {
  const auto rhyme = [](std::u32string_view one, std::u32string_view other) {
    return reading_of(one).group18 == reading_of(other).group18;
  };
  EXPECT_TRUE(rhyme(U"xuě", U"yuè"));
  EXPECT_TRUE(rhyme(U"liú", U"lóu"));
  EXPECT_TRUE(rhyme(U"yuán", U"shān"));
  EXPECT_TRUE(rhyme(U"jūn", U"wén"));
  EXPECT_FALSE(rhyme(U"shī", U"jī"));
  EXPECT_EQ(reading_of(U"shī").group13, reading_of(U"jī").group13);
  EXPECT_FALSE(rhyme(U"lǜ", U"lù"));
  EXPECT_EQ(reading_of(U"lǜ").tone, 4);
  EXPECT_EQ(reading_of(U"bm").group18, -1);
}

TEST(Mandarin, IsABook) {
  if (!have_transliterator()) GTEST_SKIP() << "this build has no ICU";
  const auto modern = ChineseSounds::modern(18);
  EXPECT_EQ(modern.of(U'流').tones, level);
  EXPECT_EQ(modern.of(U'日').tones, oblique);
  EXPECT_TRUE((modern.of(U'流').groups & modern.of(U'楼').groups).any());
  EXPECT_TRUE((modern.of(U'流').groups & modern.of(U'樓').groups).any());
}

std::vector<std::string> vocabulary() {
  std::vector<std::string> pieces{"，", "。", "？", "！", "\n", "the", "", "\xE8"};
  std::u32string all;
  for (const auto& [c, sound] : tang().all()) all.push_back(c);
  std::ranges::sort(all);
  for (const char32_t c : all) pieces.push_back(to_utf8({&c, 1}));
  return pieces;
}

/// A poem of random allowed pieces.
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
  for (const char* form : {"wujue", "qijue", "wulu", "qilu", "ziyou"}) {
    for (const char* rhyme : {"perfect", "off"}) {
      for (const bool metre : {true, false}) {
        for (const char* acrostic : {"", "春江月明"}) {
          VerseOptions options;
          options.rhyme = rhyme;
          options.metre = metre;
          options.acrostic = acrostic;
          all.push_back({form, options});
        }
      }
    }
  }
  return all;
}

TEST(ChineseConstraint, RandomPoemsKeepTheirForm) {
  const auto pieces = vocabulary();
  RandomStream chance(1, "chinese");
  for (const Case& c : cases()) {
    const auto fresh = chinese_constraint(find_form(c.form), c.options, tang(), pieces);
    for (int i = 0; i < 5; ++i) {
      const std::string poem = random_poem(*fresh->clone(), pieces, chance);
      const auto report = check_chinese(poem, find_form(c.form), c.options, tang());
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

// Poems with one character changed: the constraint takes those that the checker accepts.
TEST(ChineseConstraint, AgreesWithTheChecker) {
  const auto pieces = vocabulary();
  RandomStream chance(2, "chinese");
  int kept = 0, all = 0;
  for (const Case& c : cases()) {
    const auto fresh = chinese_constraint(find_form(c.form), c.options, tang(), pieces);
    std::string poem = random_poem(*fresh->clone(), pieces, chance);
    for (int i = 0; i < 60; ++i) {
      std::u32string changed = from_utf8(poem, "x");
      const auto place =
          static_cast<std::size_t>(chance.uniform() * static_cast<double>(changed.size()));
      if (!is_han(changed[place])) continue;
      const auto other =
          8 + static_cast<std::size_t>(chance.uniform() * static_cast<double>(pieces.size() - 8));
      changed[place] = from_utf8(pieces[other], "x").front();
      const std::string text = to_utf8(changed);
      const bool right = check_chinese(text, find_form(c.form), c.options, tang())["kept"];
      ASSERT_EQ(accepts(*fresh, text), right) << text;
      kept += right ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GT(kept, all / 5);
  EXPECT_LT(kept, all);
}

TEST(ChineseConstraint, SaysWhenLinesAndPoemsEnd) {
  const auto constraint = chinese_constraint(find_form("wujue"), {}, tang(), vocabulary());
  EXPECT_EQ(constraint->next(), Next::text);
  constraint->append_text("白日依山盡");
  EXPECT_EQ(constraint->next(), Next::line_end);
  EXPECT_FALSE(constraint->may_end());
  constraint->append_text("，黃河入海流。\n欲窮千里目，更上一層樓");
  EXPECT_TRUE(constraint->may_end());
  constraint->append_text("。");
  EXPECT_EQ(constraint->next(), Next::poem_end);
}

TEST(ChineseConstraint, RefusesWhatLeavesNoWay) {
  VerseOptions options;
  options.first_line = "白日盡依山盡";
  EXPECT_ERROR(chinese_constraint(find_form("wujue"), options, tang(), vocabulary()),
               invalid_argument, HasSubstr("of line 1"));
  options = {};
  options.acrostic = "春夏秋冬春";
  EXPECT_ERROR(chinese_constraint(find_form("wujue"), options, tang(), vocabulary()),
               invalid_argument, HasSubstr("at most 4 lines"));
  EXPECT_ERROR(chinese_constraint(find_form("wujue"), {}, tang(), {"a", "b"}), invalid_argument,
               HasSubstr("the vocabulary"));
  options = {};
  options.rhyme = "near";
  EXPECT_ERROR(chinese_constraint(find_form("wujue"), options, tang(), vocabulary()),
               invalid_argument, HasSubstr("near rhyme"));
}

}  // namespace
}  // namespace atelier::verse
