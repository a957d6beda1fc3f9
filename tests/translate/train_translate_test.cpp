// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "../nets/small_graphs.hpp"
#include "../train/processes.hpp"
#include "../train/short_runs.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/translate/train.hpp"
#include "train/checkpoint.hpp"
#include "translate/model.hpp"

namespace atelier::translate {
namespace {

class SlowTrainTranslator : public testing::Test {
 protected:
  SlowTrainTranslator() {
    fast::pack_waves(folder_.path() / "from", 20, 64, 0);
    fast::pack_waves(folder_.path() / "to", 24, 64, 40);
  }

  TranslateTraining training(const char* name) const {
    TranslateTraining training;
    training.folder = folder_.path() / name;
    train::shorten(training.train);
    training.train.batch = 4;
    training.translate.size = 64;
    training.translate.width = 4;
    training.translate.critic_width = 16;
    training.translate.group = 2;
    training.translate.judged = 8;
    training.translate.replay = 6;
    return training;
  }

  train::RunReport run(const TranslateTraining& training, std::int64_t stop_after = 100) {
    const train::StopAfter stop(stop_after);
    return train_translator(eyes_, vgg_, train::PictureSet(folder_.path() / "from"),
                            train::PictureSet(folder_.path() / "to"), training, stop.listeners,
                            stop.token());
  }

  nets::TensorMap weights_of(const char* name) const {
    return train::checkpoint_of(folder_.path() / name);
  }

  TemporaryFolder folder_;
  nets::FeatureNet vgg_ = fast::random_vgg(16);
  nets::FeatureNet eyes_{nets::testing::small_graph("efficientnet-lite0", {})};
};

TEST_F(SlowTrainTranslator, GoesOnExactlyAndLeavesAModel) {
  static_cast<void>(run(training("whole")));
  EXPECT_TRUE(run(training("parts"), 3).stopped);
  const train::RunReport report = run(training("parts"));
  EXPECT_EQ(report.resumed_at, 3);
  ASSERT_FALSE(weights_of("whole").empty());
  EXPECT_EQ(train::digest_of(weights_of("whole")), train::digest_of(weights_of("parts")));
  EXPECT_EQ(load_model(report.model, at::kCPU).step, 4);
  EXPECT_EQ(weights_of("whole").at("there.replay").size(0), 6);

  TranslateTraining further = training("further");
  further.initial = report.model;
  EXPECT_GT(run(further).best, 0);
  further.folder = folder_.path() / "wider";
  further.translate.width = 8;
  EXPECT_THROW(run(further), Error);
}

TEST_F(SlowTrainTranslator, TwoProcessesLearnWhatOneDoesWithTwiceTheBatch) {
  static_cast<void>(run(training("one")));
  const auto codes = train::in_processes(2, [&] {
    static_cast<void>(run(training("two")));
    return 0;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  ASSERT_THAT(codes, testing::Each(0));
  TranslateTraining start = training("start");
  start.train.steps = 1;
  start.train.learning_rate = 1e-7;
  static_cast<void>(run(start));
  for (const char* name : {"there.parameters", "back.parameters", "there_critic.parameters"}) {
    const at::Tensor one = weights_of("one").at(name), two = weights_of("two").at(name);
    const double learned = (one - weights_of("start").at(name)).norm().item<double>();
    EXPECT_LT((one - two).norm().item<double>(), 0.05 * learned) << name;
  }
  EXPECT_LE((weights_of("one").at("back.replay").to(at::kInt) -
             weights_of("two").at("back.replay").to(at::kInt))
                .abs()
                .max()
                .item<int>(),
            1);
}

TEST_F(SlowTrainTranslator, RefusesWhatDoesNotFit) {
  TranslateTraining odd = training("odd");
  odd.translate.size = 96;
  EXPECT_THROW(run(odd), Error);
  TranslateTraining uneven = training("uneven");
  uneven.train.batch = 5;
  EXPECT_THROW(run(uneven), Error);
}

}  // namespace
}  // namespace atelier::translate
