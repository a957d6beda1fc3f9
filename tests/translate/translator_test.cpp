// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/translator.hpp"

#include <gtest/gtest.h>

#include "../fast/furthest.hpp"
#include "../fast/random_vgg.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "fast/grain.hpp"
#include "nets/image_tensor.hpp"
#include "untrained_translator.hpp"

namespace atelier::translate {
namespace {

using fast::furthest;

class Translators : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Translator translator_{untrained_translator(folder_.path())};
};

TEST_F(Translators, PaintAnySizeBothWays) {
  for (const auto& [width, height] : {std::pair{16, 16}, {17, 39}, {64, 40}}) {
    const image::Image photo = fast::waves(width, height, 1);
    const image::Image there = translator_.look(photo, Direction::there).paint(photo);
    const image::Image back = translator_.look(photo, Direction::back).paint(photo);
    EXPECT_EQ(there.width, width);
    EXPECT_EQ(there.height, height);
    EXPECT_GT(furthest(there, photo), 0.02);
    EXPECT_GT(furthest(there, back), 0.02);
  }
}

TEST_F(Translators, PaintWhatTheNetworkDoes) {
  const image::Image photo = fast::waves(64, 48, 1);
  const Model model = load_model(folder_.path() / "translator.safetensors", at::kCPU);
  const fast::Architecture form = architecture_of(model.width);
  const at::NoGradGuard no_gradient;
  const at::Tensor rgb = nets::to_tensor(photo).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor painted = fast::Network(form, *model.back)
                                 .paint(fast::with_grain(form, rgb, {fast::Place{}}), rgb,
                                        constant_modulations(form, *model.back, 1))
                                 .clamp(0, 1);
  EXPECT_LT(
      furthest(nets::to_image(painted), translator_.look(photo, Direction::back).paint(photo)),
      1e-3);
}

TEST_F(Translators, TilesGiveTheWholePicture) {
  const image::Image photo = fast::waves(300, 140, 1);
  const fast::Look look = translator_.look(photo, Direction::there);
  const image::Image whole = look.paint(photo, 0);
  for (const int tile : {104, 200}) EXPECT_LT(furthest(whole, look.paint(photo, tile)), 1.0 / 255);
}

TEST_F(Translators, RefusePatches) {
  EXPECT_THROW(static_cast<void>(translator_.look(fast::waves(15, 40, 1), Direction::there)),
               Error);
}

}  // namespace
}  // namespace atelier::translate
