// SPDX-License-Identifier: Apache-2.0
#include "sequence/sequence_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "atelier/base/error.hpp"
#include "forms.hpp"

namespace atelier::sequence {
namespace {

class SequenceModels : public testing::TestWithParam<std::tuple<std::string, bool>> {
 protected:
  const SequenceForm form_ = small_form(std::get<0>(GetParam()), std::get<1>(GetParam()));
};

INSTANTIATE_TEST_SUITE_P(Forms, SequenceModels,
                         testing::Combine(testing::Values("transformer", "lstm"), testing::Bool()));

TEST_P(SequenceModels, GradientsAreThoseOfCentralDifferences) {
  const train::Parameters parameters = stirred_parameters(form_, at::kDouble);
  const auto model = make_sequence_model(form_, parameters);
  const at::Tensor ids = some_ids(2, 7, form_.vocabulary);
  const Dropout dropout(0.25, 1, 10, 2, at::kCPU);
  const auto loss = [&] {
    const at::Tensor logits = model->logits(ids.narrow(1, 0, 6), dropout);
    return at::cross_entropy_loss(logits.flatten(0, 1), ids.narrow(1, 1, 6).reshape({-1}));
  };
  train::add_gradients(loss(), {&parameters});
  const at::NoGradGuard no_gradient;
  EXPECT_LT(gradient_error([&] { return loss().item<double>(); }, parameters.values(),
                           parameters.gradients(), 7),
            1e-6);
}

TEST_P(SequenceModels, InSinglePrecisionHaveTheSameGradients) {
  const auto gradients = [&](at::ScalarType type) {
    const train::Parameters parameters = stirred_parameters(form_, type);
    const at::Tensor ids = some_ids(2, 7, form_.vocabulary);
    const at::Tensor logits = make_sequence_model(form_, parameters)->logits(ids.narrow(1, 0, 6));
    train::add_gradients(
        at::cross_entropy_loss(logits.flatten(0, 1), ids.narrow(1, 1, 6).reshape({-1})),
        {&parameters});
    return parameters.gradients().to(at::kDouble);
  };
  const at::Tensor exact = gradients(at::kDouble);
  EXPECT_LT((gradients(at::kFloat) - exact).norm().item<double>(),
            1e-4 * exact.norm().item<double>());
}

TEST_P(SequenceModels, LaterTokensNeverChangeEarlierLogits) {
  const train::Parameters parameters = stirred_parameters(form_, at::kFloat);
  const auto model = make_sequence_model(form_, parameters);
  const at::NoGradGuard no_gradient;
  const at::Tensor ids = some_ids(2, 12, form_.vocabulary);
  const at::Tensor whole = model->logits(ids);
  for (const std::int64_t place : {1, 5, 11}) {
    at::Tensor changed = ids.clone();
    changed.narrow(1, place, 12 - place).add_(3).remainder_(form_.vocabulary);
    const at::Tensor other = model->logits(changed);
    EXPECT_TRUE(at::allclose(other.narrow(1, 0, place), whole.narrow(1, 0, place), 1e-5, 1e-6));
    EXPECT_GT((other - whole).narrow(1, place, 12 - place).abs().max().item<double>(), 1e-3);
  }
}

TEST_P(SequenceModels, ReadBitByBitAsInOne) {
  const train::Parameters parameters = stirred_parameters(form_, at::kFloat);
  const auto model = make_sequence_model(form_, parameters);
  const at::NoGradGuard no_gradient;
  const at::Tensor ids = some_ids(3, 12, form_.vocabulary), whole = model->logits(ids);
  SequenceState state = model->begin(3);
  std::int64_t place = 0;
  for (const std::int64_t length : {4, 1, 1, 3, 1, 2}) {
    const at::Tensor next = model->next(ids.narrow(1, place, length), state);
    place += length;
    EXPECT_TRUE(at::allclose(next, whole.select(1, place - 1), 1e-4, 1e-5)) << place;
  }
  EXPECT_EQ(state.length, 12);
}

TEST_P(SequenceModels, ComputedInBf16AreNear) {
  const train::Parameters parameters = stirred_parameters(form_, at::kFloat);
  const at::NoGradGuard no_gradient;
  const at::Tensor ids = some_ids(2, 12, form_.vocabulary);
  const at::Tensor exact = make_sequence_model(form_, parameters)->logits(ids);
  const at::Tensor low = make_sequence_model(form_, parameters, at::kBFloat16)->logits(ids);
  EXPECT_EQ(low.scalar_type(), at::kFloat);
  EXPECT_LT((low - exact).norm().item<double>(), 0.03 * exact.norm().item<double>());
}

TEST_P(SequenceModels, UntrainedOnesOfTwoTablesKnowNothing) {
  if (form_.tied) GTEST_SKIP() << "one table foretells what it reads";
  const train::Parameters parameters(sequence_specs(form_), 1, at::kCPU);
  const at::Tensor logits =
      make_sequence_model(form_, parameters)->logits(some_ids(2, 12, form_.vocabulary));
  EXPECT_EQ(logits.abs().max().item<double>(), 0);
}

TEST_P(SequenceModels, DropoutFollowsTheSampleNotTheBatch) {
  const train::Parameters parameters = stirred_parameters(form_, at::kFloat);
  const auto model = make_sequence_model(form_, parameters);
  const at::NoGradGuard no_gradient;
  const at::Tensor ids = some_ids(4, 12, form_.vocabulary);
  const at::Tensor whole = model->logits(ids, Dropout(0.5, 7, 20, 4, at::kCPU));
  const at::Tensor later = model->logits(ids.narrow(0, 2, 2), Dropout(0.5, 7, 22, 2, at::kCPU));
  EXPECT_TRUE(at::allclose(whole.narrow(0, 2, 2), later, 1e-4, 1e-5));
  EXPECT_FALSE(at::allclose(whole, model->logits(ids), 1e-2, 1e-2));
}

TEST(SequenceForms, RefuseWhatCannotBeMade) {
  SequenceForm form = small_form("transformer");
  EXPECT_TRUE(is_form(form));
  form.heads = 3;
  EXPECT_FALSE(is_form(form));
  form.architecture = "lstm";
  EXPECT_TRUE(is_form(form));
  form.architecture = "other";
  EXPECT_FALSE(is_form(form));
  const train::Parameters parameters(sequence_specs(small_form("lstm")), 1, at::kCPU);
  EXPECT_THROW(static_cast<void>(make_sequence_model(form, parameters)), Error);
}

TEST(SequenceForms, CountTheirParameters) {
  SequenceForm form{"transformer", 65, 4, 256, 4, 256, true};
  std::int64_t count = 0;
  for (const train::ParameterSpec& spec : sequence_specs(form)) count += train::count_of(spec);
  EXPECT_EQ(hidden_units(form), 688);
  EXPECT_EQ(count, 65 * 256 + 4 * (4 * 256 * 256 + 3 * 688 * 256));
}

}  // namespace
}  // namespace atelier::sequence
