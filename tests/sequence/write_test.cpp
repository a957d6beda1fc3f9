// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "atelier/base/error.hpp"
#include "atelier/sequence/writing.hpp"
#include "forms.hpp"
#include "sequence/torch_decoder.hpp"

namespace atelier::sequence {
namespace {

using testing::ElementsAre;
using Tokens = std::vector<Token>;

/// Foretells the token behind the last one, with a little chance for all others.
class Counting final : public Decoder {
 public:
  [[nodiscard]] int vocabulary() const override { return 10; }
  [[nodiscard]] std::int64_t capacity() const override { return 6; }
  void restart() override { read_.clear(); }
  void mark() override { marked_ = read_; }
  void back() override { read_ = marked_; }
  std::span<const float> read(std::span<const Token> tokens) override {
    EXPECT_FALSE(tokens.empty());
    read_.insert(read_.end(), tokens.begin(), tokens.end());
    EXPECT_LE(read_.size(), 6U);
    logits_.assign(10, 0);
    logits_[(read_.back() + 1U) % 10] = 5;
    return logits_;
  }

  Tokens read_;

 private:
  Tokens marked_;
  std::vector<float> logits_;
};

WritingOptions certain(std::int64_t length) {
  WritingOptions options;
  options.choice.temperature = 0;
  options.length = length;
  options.stops = {};
  return options;
}

TEST(Write, GoesOnBehindThePromptForAsLongAsWanted) {
  Counting decoder;
  const Writing writing = write(decoder, Tokens{3, 4}, certain(12));
  EXPECT_THAT(writing.tokens, ElementsAre(5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6));
  EXPECT_EQ(writing.end, Writing::End::length);
  EXPECT_NEAR(writing.nats, 12 * -std::log(std::exp(5.0) / (std::exp(5.0) + 9)), 1e-9);
  EXPECT_THAT(decoder.read_, testing::Contains(5));
  EXPECT_THAT(write(decoder, Tokens{1, 1, 1, 1, 1, 1, 1, 7}, certain(2)).tokens, ElementsAre(8, 9));
}

TEST(Write, EndsWhereItIsTold) {
  Counting decoder;
  WritingOptions options = certain(12);
  options.stops = {7};
  Writing writing = write(decoder, Tokens{4}, options);
  EXPECT_THAT(writing.tokens, ElementsAre(5, 6));
  EXPECT_EQ(writing.end, Writing::End::stop_token);
  Tokens told;
  WritingListeners listeners;
  listeners.on_token = [&](Token token) {
    told.push_back(token);
    return token != 6;
  };
  writing = write(decoder, Tokens{3}, certain(12), listeners);
  EXPECT_EQ(writing.end, Writing::End::listener);
  EXPECT_THAT(told, ElementsAre(4, 5, 6));
  EXPECT_EQ(writing.tokens, told);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(write(decoder, Tokens{3}, certain(12), {}, stop.get_token()).end,
            Writing::End::request);
}

TEST(Write, AConstraintForbidsTokens) {
  Counting decoder;
  WritingListeners listeners;
  listeners.constrain = [](std::span<const Token> before, std::span<float> logits) {
    if (before.back() == 5) logits[6] = -std::numeric_limits<float>::infinity();
  };
  EXPECT_THAT(write(decoder, Tokens{4}, certain(3), listeners).tokens, ElementsAre(5, 0, 1));
  listeners.constrain = [](std::span<const Token>, std::span<float> logits) {
    for (float& logit : logits) logit = -std::numeric_limits<float>::infinity();
  };
  EXPECT_THROW(static_cast<void>(write(decoder, Tokens{4}, certain(3), listeners)), Error);
}

/// Of stretches of three tokens the last must be 9; draws almost evenly.
Writing drafted(int drafts) {
  Counting decoder;
  WritingOptions options = certain(9);
  options.choice = {.temperature = 10, .top_p = 1};
  options.drafts = drafts;
  WritingListeners listeners;
  listeners.constrain = [](std::span<const Token> before, std::span<float> logits) {
    if (before.size() % 3 == 0) {
      std::fill(logits.begin(), logits.end() - 1, -std::numeric_limits<float>::infinity());
    }
  };
  listeners.ends_stretch = [](std::span<const Token> before) { return before.size() % 3 == 1; };
  return write(decoder, Tokens{5}, options, listeners);
}

TEST(Write, OfDraftsTheLeastForcedOneStays) {
  const Tokens tokens = drafted(64).tokens;
  ASSERT_EQ(tokens.size(), 9U);
  for (std::size_t last : {2U, 5U, 8U}) {
    EXPECT_EQ(tokens[last], 9);
    EXPECT_EQ(tokens[last - 1], 8);  // behind which 9 comes by itself
  }
  EXPECT_EQ(drafted(64).tokens, tokens);
  EXPECT_NE(drafted(1).tokens, tokens);
}

TEST(Write, RepetitionIsDiscouraged) {
  Counting decoder;
  WritingOptions options = certain(200);
  options.choice.temperature = 1;
  const auto likeliest = [&] {
    const Tokens tokens = write(decoder, Tokens{0}, options).tokens;
    int count = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) count += tokens[i] == (tokens[i - 1] + 1) % 10;
    return count;
  };
  EXPECT_GT(likeliest(), 170);
  options.choice.repetition = 10;
  options.choice.repetition_window = 20;
  EXPECT_LT(likeliest(), 100);
}

TEST(Write, TheSeedDecides) {
  const SequenceForm form = small_form("transformer");
  const train::Parameters parameters = stirred_parameters(form, at::kFloat);
  TorchDecoder decoder(form, parameters);
  WritingOptions options;
  options.length = 40;
  options.stops = {};
  options.choice.temperature = 2;
  const Tokens first = write(decoder, Tokens{1}, options).tokens;
  EXPECT_EQ(write(decoder, Tokens{1}, options).tokens, first);
  options.seed = 1;
  EXPECT_NE(write(decoder, Tokens{1}, options).tokens, first);
}

TEST(Write, RefusesWhatItCannotDo) {
  Counting decoder;
  EXPECT_THROW(static_cast<void>(write(decoder, Tokens{})), Error);
  EXPECT_THROW(static_cast<void>(write(decoder, Tokens{10})), Error);
  EXPECT_THROW(static_cast<void>(write(decoder, Tokens{1}, certain(0))), Error);
  WritingOptions hot = certain(1);
  hot.choice.temperature = -1;
  EXPECT_THROW(static_cast<void>(write(decoder, Tokens{1}, hot)), Error);
}

}  // namespace
}  // namespace atelier::sequence
