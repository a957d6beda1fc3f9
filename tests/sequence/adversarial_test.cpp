// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "../train/processes.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/sequence/train.hpp"
#include "forms.hpp"
#include "sequence/blind_judge.hpp"
#include "sequence/continuation.hpp"
#include "sequence/sequence_judge.hpp"
#include "sequence/windows.hpp"
#include "train/checkpoint.hpp"

namespace atelier::sequence {
namespace {

TEST(Continuations, DependOnARowsPlaceAloneAndKeepWhatIsGiven) {
  const SequenceForm form = small_form("transformer");
  const train::Parameters parameters = stirred_parameters(form, at::kFloat);
  const auto model = make_sequence_model(form, parameters);
  const at::Tensor given = at::arange(20, at::kLong).remainder(form.vocabulary).view({4, 5});
  const at::Tensor all = continued(*model, given, 8, 3, 100);
  EXPECT_TRUE(all.narrow(1, 0, 5).equal(given));
  EXPECT_EQ(all.size(1), 13);  // one more than the context
  EXPECT_TRUE(continued(*model, given.narrow(0, 2, 2), 8, 3, 102).equal(all.narrow(0, 2, 2)));
  EXPECT_FALSE(continued(*model, given, 8, 4, 100).equal(all));
}

TEST(Continuations, AreDrawnAsTheModelForetells) {
  const SequenceForm form = small_form("lstm");
  const train::Parameters parameters = stirred_parameters(form, at::kFloat);
  const auto model = make_sequence_model(form, parameters);
  constexpr std::int64_t rows = 4000;
  const at::Tensor given = at::full({rows, 2}, 3, at::kLong);
  const at::Tensor next = continued(*model, given, 1, 0, 0).select(1, 2);
  const at::Tensor share = at::bincount(next, {}, form.vocabulary).to(at::kFloat) / rows;
  const at::NoGradGuard no_gradient;
  const at::Tensor foretold = at::softmax(model->logits(given.narrow(0, 0, 1))[0][1], 0);
  EXPECT_LT((share - foretold).abs().max().item<float>(), 0.03F);  // some four deviations
}

TEST(SequenceJudges, JudgeEachTokenByThoseUpToIt) {
  const SequenceForm form = small_form("transformer");
  train::Parameters parameters(SequenceJudge::specs(form), 1, at::kCPU);
  const at::NoGradGuard no_gradient;
  parameters["verdict"].fill_(0.1);
  const SequenceJudge judge(form, parameters);
  at::Tensor stretch = at::arange(13, at::kLong).remainder(form.vocabulary).view({1, 13});
  const at::Tensor before = judge.verdicts(stretch, 6);
  ASSERT_EQ(before.sizes(), (at::IntArrayRef{1, 6}));
  stretch[0][10] = 9;
  const at::Tensor behind = judge.verdicts(stretch, 6);
  EXPECT_TRUE(behind.narrow(1, 0, 3).equal(before.narrow(1, 0, 3)));
  EXPECT_FALSE(behind.narrow(1, 3, 3).equal(before.narrow(1, 3, 3)));
}

TEST(SequenceJudges, LoseLn2ByChance) {
  const at::Tensor none = at::zeros({2, 3});
  EXPECT_NEAR(judge_loss(none, none).item<double>(), std::numbers::ln2, 1e-6);
  EXPECT_LT(judge_loss(none + 9, none - 9).item<double>(), 1e-3);
}

/// A blind judge's figure of a model that foretells every token alike, beside works of `period`
/// tokens over and over, or of chance alone where that is 0.
double told_from_noise(std::size_t period) {
  SequenceForm form = small_form("transformer", /*tied=*/false);
  const train::Parameters parameters(sequence_specs(form), 1, at::kCPU);  // foretells 0 of each
  const auto model = make_sequence_model(form, parameters);
  RandomStream chance(2, "works");
  std::vector<Token> works;
  for (std::size_t i = 0; i < 4000; ++i) {
    const auto at_random = static_cast<Token>(chance.uniform() * form.vocabulary);
    works.push_back(period > 0 ? static_cast<Token>(i % period) : at_random);
  }
  BlindTrial trial;
  trial.works = std::span(works).first(3000);
  trial.held_out = even_windows(std::span(works).last(1000), form.context, 1000);
  trial.steps = 60;
  return told_apart(*model, trial, at::kCPU);
}

TEST(BlindJudges, TellNoiseFromWorksButNotFromNoise) {
  EXPECT_GT(told_from_noise(5), 0.99);
  const double noise = told_from_noise(0);
  EXPECT_GT(noise, 0.4);
  EXPECT_LT(noise, 0.6);
  EXPECT_DOUBLE_EQ(told_from_noise(0), noise);
}

class AdversarialTraining : public testing::Test {
 protected:
  AdversarialTraining() {
    pieces_.vocabulary = 9;
    for (Token first = 2; first < 9; ++first) {
      std::vector<Token> piece;
      for (int i = 0; i < 60; ++i) {
        piece.push_back(static_cast<Token>(2 + (first + i * (1 + first % 2)) % 7));
      }
      (first < 7 ? pieces_.trained : pieces_.held_out).push_back(piece);
    }
    SequenceTraining first = training("first", 30);
    first.sequence.adversarial = false;
    first.train.learning_rate = 1e-2;
    model_ = train_events(pieces_, first).model;
  }

  SequenceTraining training(const std::string& name, int steps) const {
    SequenceTraining training;
    training.folder = folder_.path() / name;
    training.initial = model_;
    training.train.steps = steps;
    training.train.batch = 4;
    training.train.warm_up = 2;
    training.train.threads = 1;
    training.train.device = "cpu";
    training.train.checkpoint_every = 2;
    training.train.held_out_every = 1000;
    training.sequence.layers = 2;
    training.sequence.width = 16;
    training.sequence.heads = 2;
    training.sequence.context = 12;
    training.sequence.adversarial = true;
    return training;
  }

  nets::TensorMap weights_of(const std::string& name) const {
    return train::load_checkpoint(folder_.path() / name / "checkpoint.safetensors")->tensors;
  }

  TemporaryFolder folder_;
  EventPieces pieces_;
  std::filesystem::path model_;
};

TEST_F(AdversarialTraining, GoesOnExactlyAndTellsHowWellItIsTold) {
  const train::RunReport whole = train_events(pieces_, training("whole", 6));
  EXPECT_EQ(whole.held_out.back().first, "told");
  EXPECT_GE(whole.held_out.back().second, 0);
  EXPECT_LE(whole.held_out.back().second, 1);
  std::stop_source stop;
  train::RunListeners listeners;
  listeners.on_progress = [&](const Progress& progress) {
    if (progress.done == 3) stop.request_stop();
  };
  EXPECT_TRUE(train_events(pieces_, training("parts", 6), listeners, stop.get_token()).stopped);
  EXPECT_EQ(train_events(pieces_, training("parts", 6)).resumed_at, 3);
  EXPECT_EQ(train::digest_of(weights_of("whole")), train::digest_of(weights_of("parts")));
}

TEST_F(AdversarialTraining, LetsTheWriterWaitForTheJudge) {
  SequenceTraining waits = training("waits", 2);
  static_cast<void>(train_events(pieces_, waits));
  SequenceTraining still = training("still", 1);
  static_cast<void>(train_events(pieces_, still));
  const nets::TensorMap two = weights_of("waits"), one = weights_of("still");
  EXPECT_TRUE(two.at("writer.parameters").equal(one.at("writer.parameters")));
  EXPECT_FALSE(two.at("critic.parameters").equal(one.at("critic.parameters")));
}

TEST_F(AdversarialTraining, TwoProcessesLearnWhatOneDoes) {
  static_cast<void>(train_events(pieces_, training("one", 6)));
  const auto codes = train::in_processes(2, [&] {
    static_cast<void>(train_events(pieces_, training("two", 6)));
    return 0;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  ASSERT_THAT(codes, testing::Each(0));
  static_cast<void>(train_events(pieces_, training("start", 2)));
  const at::Tensor one = weights_of("one").at("writer.parameters");
  const at::Tensor two = weights_of("two").at("writer.parameters");
  const double learned = (one - weights_of("start").at("writer.parameters")).norm().item<double>();
  EXPECT_LT((one - two).norm().item<double>(), 0.02 * learned);
}

TEST_F(AdversarialTraining, RefusesToBeginFromNothing) {
  SequenceTraining nothing = training("nothing", 2);
  nothing.initial.clear();
  EXPECT_THROW(static_cast<void>(train_events(pieces_, nothing)), Error);
}

}  // namespace
}  // namespace atelier::sequence
