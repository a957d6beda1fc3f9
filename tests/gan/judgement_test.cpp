// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/judgement.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "untrained_painter.hpp"

namespace atelier::gan {
namespace {

TEST(Judgement, PutsKnownDistancesBeside) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "set", 24, 32, 0);
  const train::PictureSet set(folder.path() / "set");
  const Painter painter(untrained_model(folder.path(), {"skip", 32, 8, 8, 0}));
  const nets::FeatureNet vgg = fast::random_vgg(16);
  const Judgement judged = judge(painter, vgg, set, 20, 3);
  EXPECT_EQ(judged.samples, 20);
  EXPECT_EQ(judged.pictures, 24);
  EXPECT_GT(judged.frechet, judged.halves);
  EXPECT_GT(judged.shuffled, judged.halves);
  ASSERT_EQ(judged.neighbours.size(), 3U);
  EXPECT_EQ(judged.neighbours[2].seed, 2U);
  EXPECT_LT(judged.neighbours[2].picture, 24U);
  EXPECT_EQ(judge(painter, vgg, set, 20, 0).frechet, judged.frechet);
  EXPECT_THROW(static_cast<void>(judge(painter, vgg, set, 3, 0)), Error);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(static_cast<void>(judge(painter, vgg, set, 20, 0, {}, stop.get_token())), Error);
}

}  // namespace
}  // namespace atelier::gan
