// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/english_sounds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../base/error_matcher.hpp"
#include "small_dictionary.hpp"
#include "verse/letter_to_sound.hpp"
#include "verse/word_trie.hpp"

namespace atelier::verse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const EnglishSounds& sounds() {
  static const auto small = EnglishSounds::from_dictionary(test::small_dictionary);
  return small;
}

TEST(Pronunciation, CountsSyllablesAndStresses) {
  const auto said = *Pronunciation::parse("P AH0 Z EH1 SH AH0 N");
  EXPECT_EQ(said.syllables(), 3);
  EXPECT_EQ(said.stresses(), "010");
  EXPECT_EQ(said.text(), "P AH0 Z EH1 SH AH0 N");
  EXPECT_EQ(said.rhyme_part(), Pronunciation::parse("K AH0 N F EH1 SH AH0 N")->rhyme_part());
  EXPECT_NE(said.rhyme_part(), Pronunciation::parse("M IH1 SH AH0 N")->rhyme_part());
}

TEST(Pronunciation, KnowsTheSameSound) {
  const auto sound = [](const char* phones) { return Pronunciation::parse(phones)->rhyme_sound(); };
  EXPECT_EQ(sound("L AY1 T"), sound("D IH0 L AY1 T"));
  EXPECT_NE(sound("L AY1 T"), sound("F L AY1 T"));
  EXPECT_EQ(sound("AY1"), Pronunciation::parse("AY1")->rhyme_part());
}

TEST(Pronunciation, RefusesWhatIsNone) {
  for (const char* text : {"", "  ", "AH", "T1", "QQ", "AH3", "1"}) {
    EXPECT_FALSE(Pronunciation::parse(text).has_value()) << text;
  }
}

TEST(Dictionary, IsReadWithItsWaysToSayAndNotes) {
  const auto entries = read_pronunciations(
      ";;; note\nread R EH1 D # past\nread(2) R IY1 D\r\n\nu.s. Y UW1\nhmm HH M\n");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].first, "read");
  EXPECT_EQ(entries[1].second.text(), "R IY1 D");
}

TEST(Dictionary, NamesTheLineThatIsDamaged) {
  EXPECT_ERROR(read_pronunciations("a AH0\nb XX\n"), bad_input, HasSubstr("line 2"));
  EXPECT_ERROR(read_pronunciations("🙂"), bad_input, HasSubstr("line 1"));
  EXPECT_ERROR(read_pronunciations("\xFF"), bad_input, HasSubstr("no UTF-8"));
  EXPECT_ERROR(EnglishSounds::from_dictionary(""), bad_input, HasSubstr("no words"));
}

TEST(Dictionary, WritesWithTheWordsOfATextButNotWithItsLetters) {
  auto limited = EnglishSounds::from_dictionary("a AH0\ns EH1 S\ni AY1\nday D EY1\nof AH1 V\n");
  limited.limit_words({"s", "i", "day", "a", "day", "unknown"});
  EXPECT_THAT(limited.words(), ElementsAre("a", "day", "i"));
  EXPECT_TRUE(limited.knows("s"));
}

TEST(Rhymes, ArePerfectNearOrNone) {
  const auto rhyme = [](const char* one, const char* other) {
    return rhyme_of(one, other, sounds());
  };
  EXPECT_EQ(rhyme("day", "may"), Rhyme::perfect);
  EXPECT_EQ(rhyme("hollow", "swallow"), Rhyme::perfect);
  EXPECT_EQ(rhyme("ow'st", "grow'st"), Rhyme::perfect);
  EXPECT_EQ(rhyme("dimm'd", "untrimm'd"), Rhyme::perfect);
  EXPECT_EQ(rhyme("love", "prove"), Rhyme::near);      // to the eye
  EXPECT_EQ(rhyme("memory", "thee"), Rhyme::near);     // on an unstressed syllable
  EXPECT_EQ(rhyme("time", "shine"), Rhyme::near);      // m and n
  EXPECT_EQ(rhyme("temperate", "date"), Rhyme::near);  // to the eye
  EXPECT_EQ(rhyme("day", "night"), Rhyme::none);
  EXPECT_EQ(rhyme("day", "day"), Rhyme::none);
  EXPECT_EQ(rhyme("see", "sea"), Rhyme::none);  // one sound
  EXPECT_EQ(rhyme("too", "to"), Rhyme::none);
}

TEST(Rhymes, StressDecides) {
  const auto readings = sounds().readings("into");
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].shape, (Shape{2, 0}));
  EXPECT_EQ(sounds().readings("compare")[0].shape, (Shape{2, 2}));
  EXPECT_EQ(sounds().readings("day")[0].shape, (Shape{1, 0}));
}

TEST(Endings, SoundAsWhatStandsBeforeThem) {
  const auto said = [](const char* word) { return sounds().pronunciations(word)[0].text(); };
  EXPECT_EQ(said("jumps'd"), "JH AH1 M P S T");
  EXPECT_EQ(said("prov'd"), "P R UW1 V D");
  EXPECT_EQ(said("light'd"), "L AY1 T IH0 D");
  EXPECT_EQ(said("night's"), "N AY1 T S");
  EXPECT_EQ(said("sea's"), "S IY1 Z");
  EXPECT_EQ(said("lease's"), "L IY1 S IH0 Z");
  EXPECT_EQ(said("see'st"), "S IY1 S T");
}

TEST(LetterToSound, PronouncesUnknownWordsLikeKnownOnes) {
  const LetterToSound rules(read_pronunciations(
      "bat B AE1 T\nbit B IH1 T\nhat HH AE1 T\nhit HH IH1 T\nsat S AE1 T\nsit S IH1 T\n"
      "shin SH IH1 N\nshop SH AA1 P\nship SH IH1 P\nhop HH AA1 P\npin P IH1 N\nnap N AE1 P\n"));
  EXPECT_EQ(rules.pronounce("bin").text(), "B IH1 N");
  EXPECT_EQ(rules.pronounce("hip").text(), "HH IH1 P");
}

TEST(LetterToSound, AlwaysFindsOneStressedSyllable) {
  for (const char* word : {"zzz", "'", "", "brrr", "\xC3\xA9", "wayward",
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    const std::string stresses = sounds().pronunciations(word)[0].stresses();
    EXPECT_EQ(std::ranges::count(stresses, '1'), 1) << word;
  }
}

TEST(WordTrie, FindsItsWords) {
  const std::vector<std::string> words{"'tis", "a", "an", "and", "can't", "cant"};
  const WordTrie trie(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int node = trie.walk(0, words[i]);
    ASSERT_NE(node, WordTrie::none);
    EXPECT_EQ(trie.word(node), static_cast<int>(i));
    EXPECT_EQ(trie.node_of(static_cast<int>(i)), node);
  }
  EXPECT_EQ(trie.walk(0, "b"), WordTrie::none);
  EXPECT_EQ(trie.walk(0, "a!"), WordTrie::none);
  EXPECT_EQ(trie.word(trie.walk(0, "can")), WordTrie::none);
  EXPECT_EQ(trie.parent(trie.walk(0, "an")), trie.walk(0, "a"));
  EXPECT_THAT(trie.children(trie.walk(0, "can")), testing::SizeIs(2));
}

}  // namespace
}  // namespace atelier::verse
