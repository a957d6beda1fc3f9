// SPDX-License-Identifier: Apache-2.0
#include "translate/samples.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::translate {
namespace {

TEST(TranslateSamples, AreFunctionsOfSeedStepAndPlace) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "set", 30, 40, 0);
  const train::PictureSet set(folder.path() / "set");
  TranslateTraining training;
  training.translate.size = 32;
  const Samples one(set, training, "from"), other(set, training, "from"), to(set, training, "to");
  const Samples::Sample sample = one.sample(5, 2);
  EXPECT_EQ(sample.picture.sizes(), (std::vector<std::int64_t>{1, 3, 32, 32}));
  static_cast<void>(other.sample(9, 0));
  EXPECT_TRUE(at::equal(other.sample(5, 2).picture, sample.picture));
  EXPECT_EQ(other.sample(5, 2).place.top, sample.place.top);
  EXPECT_FALSE(at::equal(one.sample(5, 3).picture, sample.picture));
  EXPECT_FALSE(at::equal(to.sample(5, 2).picture, sample.picture));
}

TEST(TranslateSamples, HoldOutPicturesThatAreNeverTrainedOn) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "set", 40, 32, 0);
  const train::PictureSet set(folder.path() / "set");
  TranslateTraining training;
  training.translate.size = 32;
  training.translate.least_window = 1;  // squares of 32 x 36 px: shifted, but not resized
  const Samples samples(set, training, "from");
  const std::vector<at::Tensor> held_out = samples.held_out(100);
  ASSERT_GE(held_out.size(), 1U);
  ASSERT_LE(held_out.size(), 12U);
  EXPECT_EQ(samples.held_out(1).size(), 1U);
  const auto mean_colour = [](const at::Tensor& x) { return x.mean({0, 2, 3}); };
  for (std::int64_t step = 0; step < 40; ++step) {
    const at::Tensor picture = samples.sample(step, 0).picture;
    for (const at::Tensor& one : held_out) {
      EXPECT_GT((mean_colour(picture) - mean_colour(one)).abs().max().item<double>(), 1e-6);
    }
  }
}

TEST(TranslateSamples, AskForMorePictures) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "set", 15, 32, 0);
  const train::PictureSet set(folder.path() / "set");
  const TranslateTraining training;
  EXPECT_THROW(Samples(set, training, "from"), Error);
}

}  // namespace
}  // namespace atelier::translate
