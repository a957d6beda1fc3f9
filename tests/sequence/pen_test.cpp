// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/pen.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

#include "atelier/base/error.hpp"
#include "forms.hpp"
#include "sequence/row_decoder.hpp"
#include "sequence/torch_decoder.hpp"

namespace atelier::sequence {
namespace {

/// Whether by libtorch, and the architecture.
class Pens : public testing::TestWithParam<std::tuple<bool, std::string>> {
 protected:
  Pens()
      : form_(small_form(std::get<1>(GetParam()))),
        parameters_(stirred_parameters(form_, at::kFloat)) {
    if (std::get<0>(GetParam())) {
      decoder_ = std::make_unique<TorchDecoder>(form_, parameters_);
    } else {
      decoder_ = make_row_decoder(form_, plain(form_, parameters_), Precision::fp16);
    }
  }

  static std::vector<Token> drawn(Pen& pen, int count, std::uint64_t seed) {
    RandomStream chance(seed, "pen");
    std::vector<Token> tokens;
    for (int i = 0; i < count; ++i) {
      tokens.push_back(pen.drawn({.temperature = 1}, chance));
      pen.append(tokens.back());
    }
    return tokens;
  }

  SequenceForm form_;
  train::Parameters parameters_;
  std::unique_ptr<Decoder> decoder_;
};

INSTANTIATE_TEST_SUITE_P(Forms, Pens,
                         testing::Combine(testing::Bool(), testing::Values("transformer", "lstm")));

TEST_P(Pens, GoBackToAMarkAndWriteTheSameAgain) {
  // The context holds 12 tokens: behind the longer stretch a Transformer was told its half anew.
  for (const int stretch : {3, 20}) {
    Pen pen(*decoder_, std::vector<Token>{1, 4, 2});
    static_cast<void>(drawn(pen, 5, 1));
    pen.mark();
    const std::vector<Token> first = drawn(pen, stretch, 2);
    const double surprise = pen.surprise(3);
    for (int round = 0; round < 2; ++round) {
      pen.back();
      EXPECT_EQ(pen.all().size(), 8U);
      static_cast<void>(drawn(pen, stretch, 3));
      pen.back();
      EXPECT_EQ(drawn(pen, stretch, 2), first) << stretch;
      EXPECT_NEAR(pen.surprise(3), surprise, 1e-5);
    }
  }
}

TEST_P(Pens, TellAProbabilityForEachToken) {
  Pen pen(*decoder_, std::vector<Token>{1});
  double sum = 0;
  for (int t = 0; t < form_.vocabulary; ++t) {
    sum += std::exp(-pen.surprise(static_cast<Token>(t)));
  }
  EXPECT_NEAR(sum, 1, 1e-6);
}

TEST_P(Pens, DrawWhatIsLeftAlone) {
  Pen pen(*decoder_, std::vector<Token>{1});
  RandomStream chance(0, "pen");
  const auto only_six = [](std::span<const Token> all, std::span<float> logits) {
    EXPECT_EQ(all.size(), 1U);
    for (std::size_t t = 0; t < logits.size(); ++t) {
      if (t != 6) logits[t] = -std::numeric_limits<float>::infinity();
    }
  };
  EXPECT_EQ(pen.drawn({}, chance, only_six), 6);
  EXPECT_THROW(Pen(*decoder_, {}), Error);
  EXPECT_THROW(Pen(*decoder_, std::vector<Token>{11}), Error);
}

}  // namespace
}  // namespace atelier::sequence
