// SPDX-License-Identifier: Apache-2.0
#include "sequence/kneser_ney.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::sequence {
namespace {

using Tokens = std::vector<Token>;

/// Letters a, b, c, d as 0, 1, 2, 3.
Tokens letters(const std::string& text) {
  Tokens tokens;
  for (const char letter : text) tokens.push_back(static_cast<Token>(letter - 'a'));
  return tokens;
}

TEST(KneserNey, IsWhatTheFormulaGivesByHand) {
  // Pairs of a b a c a b: ab twice, ba, ac and ca once: D_2 = 3 / (3 + 2). Before a stand b and c,
  // before b and c only a; so of 4 different pairs a ends two: D_1 = 2 / (2 + 2).
  const KneserNey model(letters("abacab"), 4, 2);
  const double d1 = 0.5, d2 = 0.6;
  const double base = d1 * 3 / 4 * 0.25;
  const double a = (2 - d1) / 4 + base, b = (1 - d1) / 4 + base;
  EXPECT_NEAR(model.probability({}, 0), a, 1e-12);
  EXPECT_NEAR(model.probability({}, 1), b, 1e-12);
  EXPECT_NEAR(model.probability({}, 3), base, 1e-12);
  EXPECT_NEAR(model.probability(letters("a"), 1), (2 - d2) / 3 + d2 * 2 / 3 * b, 1e-12);
  EXPECT_NEAR(model.probability(letters("ba"), 2), (1 - d2) / 3 + d2 * 2 / 3 * b, 1e-12);
  EXPECT_NEAR(model.probability(letters("b"), 0), (1 - d2) / 1 + d2 * 1 / 1 * a, 1e-12);
  EXPECT_NEAR(model.probability(letters("d"), 0), a, 1e-12);
}

/// The formula over tables of whole n-grams.
class Plain {
 public:
  Plain(const Tokens& text, std::size_t order) : counts_(order + 1) {
    for (std::size_t at = 0; at + order <= text.size(); ++at)
      ++counts_[order][gram(text, at, order)];
    for (std::size_t length = 1; length < order; ++length) {
      std::map<Tokens, std::set<Token>> before;
      for (std::size_t at = 1; at + length <= text.size(); ++at) {
        before[gram(text, at, length)].insert(text[at - 1]);
      }
      for (const auto& [g, tokens] : before) counts_[length][g] = static_cast<int>(tokens.size());
    }
  }

  [[nodiscard]] double probability(const Tokens& context, Token token, double base) const {
    const std::size_t length = context.size() + 1;
    const double lower = context.empty()
                             ? base
                             : probability(Tokens(context.begin() + 1, context.end()), token, base);
    double count = 0, sum = 0, different = 0, once = 0, twice = 0;
    for (const auto& [g, n] : counts_[length]) {
      once += n == 1;
      twice += n == 2;
      if (!std::equal(context.begin(), context.end(), g.begin())) continue;
      sum += n;
      ++different;
      if (g.back() == token) count = n;
    }
    if (sum == 0) return lower;
    const double seldom = once + 2 * twice, discount = seldom > 0 ? once / seldom : 0;
    return (std::max(count - discount, 0.0) + discount * different * lower) / sum;
  }

 private:
  static Tokens gram(const Tokens& text, std::size_t at, std::size_t length) {
    const auto first = text.begin() + static_cast<std::ptrdiff_t>(at);
    return {first, first + static_cast<std::ptrdiff_t>(length)};
  }

  std::vector<std::map<Tokens, int>> counts_;  // by length
};

TEST(KneserNey, IsTheFormulaOverWholeTables) {
  RandomStream chance(3, "text");
  Tokens text{0, 1};
  for (int i = 0; i < 600; ++i) {
    const double next = (text[text.size() - 1] + 2.0 * text[text.size() - 2]) / 2;
    text.push_back(static_cast<Token>(static_cast<int>(next + 3 * chance.uniform()) % 6));
  }
  for (const std::size_t order : {1, 2, 3, 4}) {
    const KneserNey model(text, 7, static_cast<int>(order));
    const Plain plain(text, order);
    for (std::size_t at = order; at + order < text.size(); at += 29) {
      const Tokens context(text.begin() + static_cast<std::ptrdiff_t>(at + 1 - order),
                           text.begin() + static_cast<std::ptrdiff_t>(at));
      for (Token token = 0; token < 7; ++token) {
        EXPECT_NEAR(model.probability(context, token), plain.probability(context, token, 1.0 / 7),
                    1e-12);
      }
    }
  }
}

TEST(KneserNey, SumsToOneBehindAnything) {
  RandomStream chance(1, "text");
  Tokens text;
  for (int i = 0; i < 3000; ++i) {
    text.push_back(static_cast<Token>(chance.uniform() * chance.uniform() * 20));
  }
  for (const int order : {1, 2, 3, 5}) {
    const KneserNey model(text, 24, order);
    for (std::size_t at = 0; at < 300; at += 13) {
      double sum = 0;
      for (Token token = 0; token < 24; ++token) {
        sum += model.probability(std::span<const Token>(text).first(at), token);
      }
      EXPECT_NEAR(sum, 1, 1e-9) << order << ' ' << at;
    }
    double sum = 0;
    for (Token token = 0; token < 24; ++token) sum += model.probability(Tokens{23, 22, 1}, token);
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

TEST(KneserNey, LearnsWhatRepeats) {
  std::string cycle;  // any four letters of it tell the fifth
  for (int i = 0; i < 200; ++i) cycle += "abcdabd";
  const KneserNey model(letters(cycle), 4);
  EXPECT_LT(model.nats_per_token(letters(cycle.substr(0, 500))), 0.1);
  EXPECT_EQ(model.nats_per_token({}), 0);
}

TEST(KneserNey, OfNoiseKnowsNoMoreThanItsFrequencies) {
  RandomStream chance(2, "noise");
  Tokens text;
  for (int i = 0; i < 40000; ++i) text.push_back(static_cast<Token>(chance.uniform() * 4));
  const std::span<const Token> all(text);
  const KneserNey model(all.first(30000), 4, 3);
  EXPECT_NEAR(model.nats_per_token(all.subspan(30000)), std::log(4.0), 0.01);
}

}  // namespace
}  // namespace atelier::sequence
