// SPDX-License-Identifier: Apache-2.0
// What --color promises, with the real VGG-19 and pictures that are shipped.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "atelier/base/paths.hpp"
#include "atelier/image/colour_difference.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/score.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::style {
namespace {

image::Image example(const char* name, int long_edge) {
  return image::load(std::filesystem::path(ATELIER_SOURCE_DIR) / "examples" / name,
                     {.long_edge = long_edge});
}

image::Image grey(image::Image picture) {
  image::fade_chroma(picture.rgb, 0);
  return picture;
}

/// The photograph's colours stay within 2 dE while lightness comes as near to the painting as it
/// does without, within a tenth; `match` lies between keep and style in colours.
TEST(SlowColour, KeepHoldsColoursAndMovesLightnessAsFar) {
  const auto& model = nets::find_model("vgg19");
  if (!nets::model_state(model, models_dir()).verified) {
    GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
  }
  const auto net = nets::FeatureNet::load("vgg19");
  for (const auto& [photo, painting] :
       {std::pair{"coffee.png", "reading.jpg"}, {"chelsea.png", "villa-with-orange-trees.jpg"}}) {
    const image::Image content = example(photo, 160), style = example(painting, 160);
    const auto painted = [&](const char* color) {
      StylizeOptions options;
      options.color = color;
      options.size = 160;
      options.first_iterations = options.iterations = 20;
      options.device = "cpu";
      return stylize(net, {content, {style}, {}}, options).image;
    };
    const auto lightness = [&](const image::Image& result) {
      return score(net, grey(content), grey(style), grey(result)).gram;
    };
    const image::Image keep = painted("keep"), plain = painted("style"), match = painted("match");
    const auto colours = [&](const image::Image& result) {
      return image::chroma_error(result, content).oklab;
    };
    const double with = lightness(keep), without = lightness(plain);
    RecordProperty(
        fmt::format("{}_chroma_keep_match_style", photo),
        fmt::format("{:.3f} {:.3f} {:.3f}", colours(keep), colours(match), colours(plain)));
    RecordProperty(fmt::format("{}_gram_keep_style", photo),
                   fmt::format("{:.4f} {:.4f}", with, without));
    EXPECT_LT(colours(keep), 2) << photo;
    EXPECT_LE(with, 1.1 * without) << photo;
    EXPECT_LT(with, 0.8 * lightness(content)) << photo;
    EXPECT_LT(colours(keep), colours(match)) << photo;
    EXPECT_LT(colours(match), colours(plain)) << photo;
  }
}

}  // namespace
}  // namespace atelier::style
