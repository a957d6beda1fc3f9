// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/seen_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::sequence {
namespace {

using Tokens = std::vector<Token>;

/// Tokens 2..99 by chance.
Tokens noise(std::size_t count, const char* name) {
  RandomStream chance(1, name);
  Tokens tokens(count);
  for (Token& token : tokens) token = static_cast<Token>(2 + 98 * chance.uniform());
  return tokens;
}

Stretch longest(const SeenRuns& seen, const Tokens& text) {
  CopyWatch watch({&seen, 1});
  for (const Token token : text) watch.append(token);
  return watch.longest();
}

TEST(SeenRuns, KnowsEveryStretchOfTheTextAndHardlyAnyOther) {
  const Tokens text = noise(20000, "text"), other = noise(20000, "other");
  const SeenRuns seen = SeenRuns::of(text, 6, "");
  int wrong = 0;
  for (std::size_t at = 0; at + 6 <= text.size(); ++at) {
    EXPECT_TRUE(seen.holds(std::span(text).subspan(at, 6)).value());
    wrong += seen.holds(std::span(other).subspan(at, 6)).value();
  }
  EXPECT_LT(wrong, 20000 / 150);
}

TEST(SeenRuns, KnowsNoStretchAcrossDocuments) {
  const Tokens text{2, 3, 4, Tokenizer::end, 5, 6, 7};
  const SeenRuns seen = SeenRuns::of(text, 3, "");
  EXPECT_TRUE(seen.holds(Tokens{5, 6, 7}).value());
  EXPECT_FALSE(seen.holds(Tokens{4, Tokenizer::end, 5}).value());
}

TEST(SeenRuns, RefusesWhatIsNoFilter) {
  EXPECT_THROW(SeenRuns(1, 0, "", {1}), Error);
  EXPECT_THROW(SeenRuns(4, 33, "", {1}), Error);
  EXPECT_THROW(SeenRuns(4, 0, "", {}), Error);
}

TEST(CopyWatch, FindsTheLongestRunWhereItStands) {
  const Tokens text = noise(5000, "text");
  Tokens written = noise(200, "written");
  std::copy_n(text.begin() + 1000, 12, written.begin() + 30);
  std::copy_n(text.begin() + 3000, 25, written.begin() + 90);
  const Stretch run = longest(SeenRuns::of(text, 6, ""), written);
  EXPECT_EQ(run.first, 90U);
  EXPECT_EQ(run.count, 25U);
  // One stretch in 300 is taken for known; two that touch are rare.
  EXPECT_LE(longest(SeenRuns::of(text, 6, ""), noise(200, "written")).count, 6U);
}

TEST(CopyWatch, OfAThinnedTextFindsMostOfARun) {
  const Tokens text = noise(3'000'000, "text");
  const SeenRuns seen = SeenRuns::of(text, 8, "");
  EXPECT_EQ(seen.thinned(), 2);
  EXPECT_LE(seen.filter().size(), SeenRuns::most_bytes);
  Tokens written = noise(1000, "written");
  std::copy_n(text.begin() + 2'000'000, 200, written.begin() + 300);
  const Stretch run = longest(seen, written);
  EXPECT_GE(run.first, 300U);
  EXPECT_LE(run.first + run.count, 500U);
  EXPECT_GT(run.count, 150U);
}

TEST(CopyWatch, TellsWhatARunWouldBecome) {
  const Tokens text = noise(1000, "text");
  const SeenRuns seen = SeenRuns::of(text, 4, "");
  CopyWatch watch({&seen, 1});
  EXPECT_EQ(watch.greatest_run(), 4U);
  for (std::size_t i = 0; i < 9; ++i) watch.append(text[100 + i]);
  EXPECT_EQ(watch.greatest_run(), 10U);
  EXPECT_EQ(watch.run_with(text[109]), 10U);
  EXPECT_EQ(watch.run_with(static_cast<Token>(text[109] + 1)), 0U);
  EXPECT_EQ(watch.longest().count, 9U);
}

TEST(CopyWatch, WatchesSeveralTexts) {
  const Tokens one = noise(500, "one"), two = noise(500, "two");
  const std::vector<SeenRuns> seen{SeenRuns::of(one, 4, ""), SeenRuns::of(two, 6, "")};
  CopyWatch watch(seen);
  for (std::size_t i = 0; i < 10; ++i) watch.append(one[i]);
  for (std::size_t i = 0; i < 20; ++i) watch.append(two[i]);
  EXPECT_EQ(watch.longest().first, 10U);
  EXPECT_EQ(watch.longest().count, 20U);
}

}  // namespace
}  // namespace atelier::sequence
