// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/train.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../train/short_runs.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "fast/model.hpp"
#include "random_vgg.hpp"
#include "train/checkpoint.hpp"

namespace atelier::fast {
namespace {

class SlowTrainFast : public testing::Test {
 protected:
  SlowTrainFast() {
    pack_waves(folder_.path() / "photos", 6, 64, 0);
    pack_waves(folder_.path() / "paintings", 5, 64, 20);
  }

  FastTraining training(const char* name, int steps) const {
    FastTraining training;
    training.folder = folder_.path() / name;
    train::shorten(training.train);
    training.train.batch = 2;
    training.train.warm_up = 1;
    training.train.held_out_every = steps;
    training.train.preview_every = steps;
    training.fast.size = 64;
    training.fast.style_size = 64;
    return training;
  }

  train::RunReport run(const FastTraining& training, std::int64_t stop_after = 100) {
    const train::StopAfter stop(stop_after);
    const train::PictureSet photos(folder_.path() / "photos"),
        paintings(folder_.path() / "paintings");
    return train_fast(vgg_, photos, paintings, training, stop.listeners, stop.token());
  }

  TemporaryFolder folder_;
  nets::FeatureNet vgg_ = random_vgg();
};

TEST_F(SlowTrainFast, GoesOnExactlyAndLeavesAModel) {
  static_cast<void>(run(training("whole", 4)));
  EXPECT_TRUE(run(training("parts", 4), 3).stopped);
  const train::RunReport report = run(training("parts", 4));
  EXPECT_EQ(report.resumed_at, 3);
  const auto whole = train::load_checkpoint(folder_.path() / "whole/checkpoint.safetensors");
  const auto parts = train::load_checkpoint(folder_.path() / "parts/checkpoint.safetensors");
  ASSERT_TRUE(whole && parts);
  EXPECT_EQ(train::digest_of(whole->tensors), train::digest_of(parts->tensors));
  EXPECT_EQ(load_model(report.model, at::kCPU).step, 4);
}

TEST_F(SlowTrainFast, PlainFormTrainsByTheSameRecipe) {
  FastTraining plain = training("plain", 4);
  plain.train.steps = 2;
  plain.fast.architecture = "plain";
  plain.fast.style_size = 72;  // photographs in their own style are of another size
  plain.fast.own_style = 0.5;
  EXPECT_GT(run(plain).best, 0);
}

TEST_F(SlowTrainFast, RefusesWhatDoesNotFit) {
  FastTraining odd = training("odd", 4);
  odd.fast.size = 100;
  EXPECT_THROW(run(odd), Error);
}

}  // namespace
}  // namespace atelier::fast
