// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/sliders.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <numeric>

#include "atelier/base/temporary_folder.hpp"
#include "untrained_painter.hpp"

namespace atelier::gan {
namespace {

double lightness(const image::Image& picture) {
  return std::accumulate(picture.rgb.begin(), picture.rgb.end(), 0.0) /
         static_cast<double>(picture.rgb.size());
}

TEST(Sliders, MoveWhatTheyAreNamedAfter) {
  const TemporaryFolder folder;
  const Painter painter(untrained_model(folder.path(), {"skip", 32, 8, 8, 0}));
  const std::vector<Slider> all = sliders(painter);
  ASSERT_EQ(all.size(), slider_names().size());
  EXPECT_EQ(all.front().name, "light");
  const Latent mean = painter.mean();
  const auto light_at = [&](double steps) {
    return lightness(painter.paint(moved(mean, all.front().direction, steps, 0, 3)));
  };
  EXPECT_GT(light_at(0.5), light_at(0));
  EXPECT_LT(light_at(-0.5), light_at(0));
  EXPECT_EQ(sliders(painter)[3].direction.style, all[3].direction.style);
}

}  // namespace
}  // namespace atelier::gan
