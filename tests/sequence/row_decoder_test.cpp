// SPDX-License-Identifier: Apache-2.0
#include "sequence/row_decoder.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "forms.hpp"
#include "sequence/torch_decoder.hpp"

namespace atelier::sequence {
namespace {

class RowDecoders : public testing::TestWithParam<std::tuple<std::string, bool, Precision>> {
 protected:
  /// Norm of the difference of two rows of logits in relation to the first's.
  static double apart(std::span<const float> a, std::span<const float> b) {
    double difference = 0, all = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      difference += std::pow(a[i] - b[i], 2);
      all += std::pow(a[i], 2);
    }
    return std::sqrt(difference / all);
  }
};

INSTANTIATE_TEST_SUITE_P(Forms, RowDecoders,
                         testing::Combine(testing::Values("transformer", "lstm"), testing::Bool(),
                                          testing::Values(Precision::fp16, Precision::int8)));

TEST_P(RowDecoders, AnswerToTheModelToken) {
  const auto& [architecture, tied, precision] = GetParam();
  SequenceForm form = small_form(architecture, tied);
  form.width = 40;
  form.vocabulary = 37;
  const train::Parameters parameters = stirred_parameters(form, at::kFloat);
  TorchDecoder slow(form, parameters);
  const auto fast = make_row_decoder(form, plain(form, parameters), precision);
  EXPECT_EQ(fast->vocabulary(), slow.vocabulary());
  EXPECT_EQ(fast->capacity(), slow.capacity());
  const double most = precision == Precision::fp16 ? 0.003 : 0.05;
  const std::vector<Token> tokens{1, 7, 36, 2, 2, 30, 11, 0};
  for (int round = 0; round < 2; ++round) {
    slow.restart();
    fast->restart();
    EXPECT_LT(apart(slow.read(std::span(tokens).first(3)), fast->read(std::span(tokens).first(3))),
              most);
    for (std::size_t i = 3; i < tokens.size(); ++i) {
      const auto next = std::span(tokens).subspan(i, 1);
      EXPECT_LT(apart(slow.read(next), fast->read(next)), most) << i;
    }
  }
}

}  // namespace
}  // namespace atelier::sequence
