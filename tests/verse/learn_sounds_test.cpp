// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/learn_sounds.hpp"

#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/chinese_sounds.hpp"
#include "verse/communities.hpp"
#include "verse/regulated.hpp"

namespace atelier::verse {
namespace {

/// A language of its own: of 400 characters, even ones are level; level ones rhyme by tens. They
/// are of the private area, where none is another's simplified form.
constexpr int characters = 400;
char32_t character(int i) {
  return static_cast<char32_t>(0xE000 + i);
}
int rhyme_of(int i) {
  return i / 2 % 10;
}

/// A regulated poem in it, of random words but one rhyme.
Poem poem_of(RandomStream& chance) {
  const auto below = [&](int n) { return static_cast<int>(chance.uniform() * n); };
  const RegulatedType& type = regulated_types()[static_cast<std::size_t>(below(4))];
  const int length = 5 + 2 * below(2), rhyme = below(10);
  Poem poem;
  for (int line = 0; line < 8; ++line) {
    const auto& all = patterns(kind_of(type, line), length);
    const std::string& pattern = all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    const bool rhymes = line % 2 == 1 || (line == 0 && type.first_line_rhymes);
    std::u32string text;
    for (int place = 0; place < length; ++place) {
      int c = below(characters / 2) * 2;
      const char wanted = pattern[static_cast<std::size_t>(place)];
      if (wanted == 'z' || (wanted == '*' && below(2) == 0)) c += 1;
      if (rhymes && place == length - 1) c = 2 * (rhyme + 10 * below(characters / 20));
      text.push_back(character(c));
    }
    poem.lines.push_back(to_utf8(text));
  }
  return poem;
}

TEST(LearnSounds, FindsTonesAndRhymesOfALanguageOfItsOwn) {
  RandomStream chance(1, "poems");
  std::vector<Poem> poems;
  for (int i = 0; i < 1500; ++i) poems.push_back(poem_of(chance));
  const auto sounds = ChineseSounds::from_table(nlohmann::json(learn_sounds(poems)));
  int right = 0, together = 0, pairs = 0;
  for (int i = 0; i < characters; ++i) {
    right += sounds.of(character(i)).tones == (i % 2 == 0 ? level : oblique) ? 1 : 0;
    if (i % 2 == 1) continue;
    for (int j = 0; j < i; j += 2) {
      const bool same = (sounds.of(character(i)).groups & sounds.of(character(j)).groups).any();
      together += same == (rhyme_of(i) == rhyme_of(j)) ? 1 : 0;
      ++pairs;
    }
  }
  EXPECT_GE(right, characters - 4);
  EXPECT_EQ(together, pairs);
}

TEST(LearnSounds, NeedsPoems) {
  EXPECT_ERROR(learn_sounds({}), invalid_argument, testing::HasSubstr("none of the 0 poems"));
}

TEST(Communities, AreTheCliquesOfARing) {
  constexpr std::size_t cliques = 6, size = 5;
  Graph graph(cliques * size);
  const auto join = [&](std::size_t a, std::size_t b) { graph[a][b] = graph[b][a] = 1; };
  for (std::size_t c = 0; c < cliques; ++c) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < i; ++j) join(c * size + i, c * size + j);
    }
    join(c * size, (c + 1) % cliques * size + 1);
  }
  const auto found = communities(graph, 1);
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t j = 0; j < found.size(); ++j) {
      EXPECT_EQ(found[i] == found[j], i / size == j / size);
    }
  }
}

}  // namespace
}  // namespace atelier::verse
