// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/train.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "../nets/small_graphs.hpp"
#include "../train/processes.hpp"
#include "../train/short_runs.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "gan/model.hpp"
#include "train/checkpoint.hpp"

namespace atelier::gan {
namespace {

class SlowTrainGan : public testing::Test {
 protected:
  SlowTrainGan() { fast::pack_waves(folder_.path() / "pictures", 20, 40, 0); }

  GanTraining training(const char* name) const {
    GanTraining training;
    training.folder = folder_.path() / name;
    train::shorten(training.train);
    training.train.batch = 4;
    training.gan.size = 32;
    training.gan.width = training.gan.critic_width = 8;
    training.gan.latent = 8;
    training.gan.group = 2;
    training.gan.judged = 32;
    return training;
  }

  train::RunReport run(const GanTraining& training, std::int64_t stop_after = 100) {
    const train::StopAfter stop(stop_after);
    return train_gan(eyes_, vgg_, train::PictureSet(folder_.path() / "pictures"), training,
                     stop.listeners, stop.token());
  }

  nets::TensorMap weights_of(const char* name) const {
    return train::checkpoint_of(folder_.path() / name);
  }

  TemporaryFolder folder_;
  nets::FeatureNet vgg_ = fast::random_vgg(16);
  nets::FeatureNet eyes_{nets::testing::small_graph("efficientnet-lite0", {})};
};

TEST_F(SlowTrainGan, GoesOnExactlyAndLeavesAModel) {
  static_cast<void>(run(training("whole")));
  EXPECT_TRUE(run(training("parts"), 3).stopped);
  const train::RunReport report = run(training("parts"));
  EXPECT_EQ(report.resumed_at, 3);
  ASSERT_FALSE(weights_of("whole").empty());
  EXPECT_EQ(train::digest_of(weights_of("whole")), train::digest_of(weights_of("parts")));
  EXPECT_GT(report.best, 0);
  EXPECT_EQ(load_model(report.model, at::kCPU).step, 4);
}

TEST_F(SlowTrainGan, TwoProcessesLearnWhatOneDoesWithTwiceTheBatch) {
  static_cast<void>(run(training("one")));
  const auto codes = train::in_processes(2, [&] {
    static_cast<void>(run(training("two")));
    return 0;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  ASSERT_THAT(codes, testing::Each(0));
  // A number whose true gradient is 0 is moved by rounding alone, in AdamW as far as any other:
  // what differs must be little beside what was learned.
  GanTraining start = training("start");
  start.train.steps = 1;
  start.train.learning_rate = 1e-7;
  static_cast<void>(run(start));
  for (const char* name : {"painter.parameters", "critic.parameters"}) {
    const at::Tensor one = weights_of("one").at(name), two = weights_of("two").at(name);
    const double learned = (one - weights_of("start").at(name)).norm().item<double>();
    EXPECT_LT((one - two).norm().item<double>(), 0.05 * learned) << name;
  }
}

TEST_F(SlowTrainGan, GrowsFromASmallerGenerator) {
  const std::filesystem::path small = run(training("small")).model;
  GanTraining large = training("large");
  large.gan.size = 64;
  large.initial = small;
  large.train.steps = 1;
  large.train.learning_rate = 1e-7;
  const Model from = load_model(small, at::kCPU), to = load_model(run(large).model, at::kCPU);
  EXPECT_EQ(to.form.size, 64);
  const auto far = [&](const char* name) {
    return ((*to.parameters)[name] - (*from.parameters)[name]).abs().max().item<double>();
  };
  EXPECT_LT(far("start.weight"), 1e-3);
  EXPECT_LT(far("32.1.weight"), 1e-3);
  GanTraining back = training("back");
  back.initial = large.folder / "model.safetensors";
  EXPECT_THROW(run(back), Error);
}

TEST_F(SlowTrainGan, GoesOnWithAnotherRunsNetworksByOtherOptions) {
  static_cast<void>(run(training("first")));
  GanTraining second = training("second");
  second.initial = folder_.path() / "first";
  second.train.steps = 1;
  second.train.learning_rate = 1e-7;
  second.train.average = 0.5;
  static_cast<void>(run(second));
  for (const char* name : {"painter.parameters", "critic.parameters"}) {
    const at::Tensor off = weights_of("second").at(name) - weights_of("first").at(name);
    EXPECT_LT(off.abs().max().item<double>(), 1e-5) << name;
  }
  GanTraining larger = training("larger");
  larger.initial = folder_.path() / "first";
  larger.gan.size = 64;
  EXPECT_THROW(run(larger), Error);
}

TEST_F(SlowTrainGan, PlainFormTrainsByTheSameRecipe) {
  GanTraining plain = training("plain");
  plain.gan.architecture = "dcgan";
  EXPECT_GT(run(plain).best, 0);
}

TEST_F(SlowTrainGan, RefusesWhatDoesNotFit) {
  GanTraining odd = training("odd");
  odd.gan.size = 48;
  EXPECT_THROW(run(odd), Error);
  GanTraining uneven = training("uneven");
  uneven.train.batch = 5;
  EXPECT_THROW(run(uneven), Error);
  GanTraining large = training("large");
  large.gan.size = 128;
  EXPECT_THROW(run(large), Error);
  fast::pack_waves(folder_.path() / "pictures", 1, 40, 0);
  EXPECT_THROW(run(training("one")), Error);
}

}  // namespace
}  // namespace atelier::gan
