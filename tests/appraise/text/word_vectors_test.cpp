// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/word_vectors.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::appraise {
namespace {

/// Poems of two kinds: one draws its words from a..j, the other from k..t.
std::vector<Words> two_kinds(int count) {
  RandomStream chance(5, "poems");
  std::vector<Words> poems;
  for (int i = 0; i < count; ++i) {
    Words& poem = poems.emplace_back();
    for (int word = 0; word < 30; ++word) {
      const char letter =
          static_cast<char>('a' + 10 * (i % 2) + static_cast<int>(10 * chance.uniform()));
      poem.push_back(std::string("w") + letter);
    }
  }
  return poems;
}

TEST(WordVectors, PutWordsTogetherThatKeepCompany) {
  const std::vector<Words> poems = two_kinds(200);
  const WordVectors vectors = learn_word_vectors(poems, 4, 1, [] {});
  ASSERT_EQ(vectors.words.size(), 20U);
  const at::Tensor way = directions(vectors, 4);
  EXPECT_NEAR(way.square().sum(1).sub(1).abs().max().item<double>(), 0, 1e-9);
  const at::Tensor cosine = at::mm(way, way.t());
  double least_same = 1, most_other = -1;
  for (std::int64_t i = 0; i < 20; ++i) {
    for (std::int64_t j = 0; j < i; ++j) {
      const auto at = [&](std::int64_t k) {
        return vectors.words[static_cast<std::size_t>(k)][1] < 'k';
      };
      const double is = cosine[i][j].item<double>();
      if (at(i) == at(j)) least_same = std::min(least_same, is);
      if (at(i) != at(j)) most_other = std::max(most_other, is);
    }
  }
  EXPECT_GT(least_same, most_other);
}

TEST(WordVectors, AreTheSameFromTheSameSeed) {
  const std::vector<Words> poems = two_kinds(60);
  EXPECT_TRUE(at::equal(learn_word_vectors(poems, 3, 1, [] {}).axes,
                        learn_word_vectors(poems, 3, 1, [] {}).axes));
}

TEST(WordVectors, RefuseTooFewWords) {
  EXPECT_THROW(static_cast<void>(learn_word_vectors(two_kinds(60), 21, 1, [] {})), Error);
  EXPECT_THROW(static_cast<void>(learn_word_vectors(two_kinds(4), 1, 1, [] {})), Error);
}

TEST(WordVectors, MeansCountByRarity) {
  const at::Tensor table = at::tensor({1.0, 5.0, 9.0}).view({3, 1}),
                   rarity = at::tensor({1.0, 3.0, 2.0});
  const std::vector<std::int64_t> text{0, -1, 1}, nothing{-1, -1};
  EXPECT_DOUBLE_EQ(mean_of_words(text, table, rarity).item<double>(), 4);
  EXPECT_DOUBLE_EQ(mean_of_words(nothing, table, rarity).item<double>(), 0);
}

TEST(WordVectors, WordsAreReadWithoutSignsAndMarks) {
  EXPECT_THAT(words_of("“Don’t!” cried Zoë,\n'tis 2 late"),
              testing::ElementsAre("don't", "cried", "zoe", "tis", "late"));
  EXPECT_TRUE(words_of("春眠不覺曉 🌸").empty());
  EXPECT_THROW(static_cast<void>(words_of("\xff")), Error);
}

}  // namespace
}  // namespace atelier::appraise
