// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../train/processes.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/sequence/text_model.hpp"
#include "atelier/sequence/train.hpp"
#include "atelier/sequence/writing.hpp"
#include "train/checkpoint.hpp"

namespace atelier::sequence {
namespace {

class TrainText : public testing::TestWithParam<std::string> {
 protected:
  TrainText() {
    std::string text;
    for (int i = 0; i < 300; ++i) text += i % 3 ? "the moon is high\n" : "the night is long\n";
    write_file(path_, text);
  }

  SequenceTraining training(const char* name) const {
    SequenceTraining training;
    training.folder = folder_.path() / name;
    training.train.steps = 6;
    training.train.batch = 4;
    training.train.warm_up = 2;
    training.train.threads = 1;
    training.train.device = "cpu";
    training.train.checkpoint_every = 2;
    training.train.held_out_every = 3;
    training.sequence.architecture = GetParam();
    training.sequence.layers = 2;
    training.sequence.width = 32;
    training.sequence.heads = 2;
    training.sequence.context = 16;
    training.sequence.dropout = 0.2;
    return training;
  }

  train::RunReport run(const SequenceTraining& training, std::int64_t stop_after = -1) const {
    std::stop_source stop;
    train::RunListeners listeners;
    listeners.on_progress = [&](const Progress& progress) {
      if (progress.done == stop_after) stop.request_stop();
    };
    return train_text(path_, training, listeners, stop.get_token());
  }

  nets::TensorMap weights_of(const char* name) const {
    const auto found = train::load_checkpoint(folder_.path() / name / "checkpoint.safetensors");
    return found ? found->tensors : nets::TensorMap{};
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "text";
};

INSTANTIATE_TEST_SUITE_P(Forms, TrainText, testing::Values("transformer", "lstm"));

TEST_P(TrainText, GoesOnExactlyAndLeavesAModel) {
  static_cast<void>(run(training("whole")));
  EXPECT_TRUE(run(training("parts"), 3).stopped);
  const train::RunReport report = run(training("parts"));
  EXPECT_EQ(report.resumed_at, 3);
  ASSERT_FALSE(weights_of("whole").empty());
  EXPECT_EQ(train::digest_of(weights_of("whole")), train::digest_of(weights_of("parts")));
  EXPECT_GT(report.best, 0);
  EXPECT_EQ(TextModel::load(report.model).tokenizer().encode("moon").size(), 4U);
}

TEST_P(TrainText, TwoProcessesLearnWhatOneDoesWithTwiceTheBatch) {
  static_cast<void>(run(training("one")));
  const auto codes = train::in_processes(2, [&] {
    static_cast<void>(run(training("two")));
    return 0;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  ASSERT_THAT(codes, testing::Each(0));
  // A number whose true gradient is 0 is moved by rounding alone, in AdamW as far as any other:
  // what differs must be little beside what was learned.
  SequenceTraining start = training("start");
  start.train.steps = 1;
  start.train.learning_rate = 1e-7;
  static_cast<void>(run(start));
  const at::Tensor one = weights_of("one").at("writer.parameters");
  const at::Tensor two = weights_of("two").at("writer.parameters");
  const double learned = (one - weights_of("start").at("writer.parameters")).norm().item<double>();
  EXPECT_LT((one - two).norm().item<double>(), 0.02 * learned);
}

TEST_P(TrainText, RefusesWhatDoesNotFit) {
  SequenceTraining uneven = training("uneven");
  uneven.sequence.width = 36;
  EXPECT_THROW(run(uneven), Error);
  SequenceTraining far = training("far");
  far.sequence.context = 8192;
  EXPECT_THROW(run(far), Error);
  static_cast<void>(run(training("one"), 1));
  SequenceTraining other = training("one");
  other.sequence.dropout = 0.3;
  EXPECT_THROW(run(other), Error);
}

TEST_P(TrainText, BeginsFromAModelAndKeepsItsTokens) {
  const train::RunReport first = run(training("first"));
  write_file(path_, "the sea is high\n" + std::string(300, 'e'));
  SequenceTraining second = training("second");
  second.initial = first.model;
  second.train.steps = 1;
  second.train.learning_rate = 0;
  const TextModel model = TextModel::load(run(second).model);
  const TextModel before = TextModel::load(first.model);
  EXPECT_EQ(model.tokenizer().serialised(), before.tokenizer().serialised());
  EXPECT_EQ(model.seen().size(), 2U);
  const auto tokens = model.tokenizer().encode("the ");
  const auto now = model.decoder(Precision::fp32), then = before.decoder(Precision::fp32);
  const auto foretold = now->read(tokens), foretold_then = then->read(tokens);
  EXPECT_THAT(foretold, testing::Pointwise(testing::FloatNear(1e-2F), foretold_then));
  second.folder = folder_.path() / "third";
  second.sequence.width = 64;
  EXPECT_THROW(run(second), Error);
}

class SlowTrainText : public TrainText {};
INSTANTIATE_TEST_SUITE_P(Forms, SlowTrainText, testing::Values("transformer", "lstm"));

TEST_P(SlowTrainText, LearnsALineByHeart) {
  SequenceTraining thorough = training("thorough");
  thorough.train.steps = 300;
  thorough.train.batch = 16;
  thorough.train.held_out_every = 100;
  thorough.train.learning_rate = 1e-2;
  thorough.train.average = 0.95;
  thorough.sequence.dropout = 0;
  const train::RunReport report = run(thorough);
  EXPECT_LT(report.best, 0.25);  // what is random is one choice in about 17 letters
  const TextModel model = TextModel::load(report.model);
  const auto decoder = model.decoder();
  WritingOptions options;
  options.choice.temperature = 0;
  options.length = 12;
  const auto prompt = model.tokenizer().encode("long\nthe moon ");
  EXPECT_TRUE(model.tokenizer()
                  .decode(write(*decoder, prompt, options).tokens)
                  .starts_with("is high\nthe "));
}

}  // namespace
}  // namespace atelier::sequence
