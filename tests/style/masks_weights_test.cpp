// SPDX-License-Identifier: Apache-2.0
// What --style-mask promises, with the real VGG-19 and pictures that are shipped.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "atelier/base/paths.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/score.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::style {
namespace {

constexpr int edge = 144, soft = 16, seam_reach = 12;  // px
/// Of the change there that the paintings have by themselves; 1 where nothing can be seen.
constexpr double no_seam = 1.2;

image::Image example(const char* name) {
  return image::load(std::filesystem::path(ATELIER_SOURCE_DIR) / "examples" / name,
                     {.long_edge = edge});
}

/// 1 to the left, 0 to the right, with a soft step of `soft` px in the middle.
image::Mask left_half(const image::Image& picture) {
  image::Mask mask{picture.width, picture.height, {}};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double right = (x + 0.5 - picture.width / 2.0) / soft + 0.5;
      mask.values.push_back(static_cast<float>(std::clamp(1 - right, 0.0, 1.0)));
    }
  }
  return mask;
}

image::Mask inverted(image::Mask mask) {
  for (float& value : mask.values) value = 1 - value;
  return mask;
}

/// Root mean square change of lightness (R + G + B) / 3 from each column to the next.
std::vector<double> changes(const image::Image& picture) {
  std::vector<double> result;
  for (int x = 0; x + 1 < picture.width; ++x) {
    double sum = 0;
    for (int y = 0; y < picture.height; ++y) {
      double change = 0;
      for (int c = 0; c < 3; ++c) {
        const auto at = static_cast<std::size_t>((y * picture.width + x) * 3 + c);
        change += static_cast<double>(picture.rgb[at + 3]) - picture.rgb[at];
      }
      sum += change * change / 9;
    }
    result.push_back(std::sqrt(sum / picture.height));
  }
  return result;
}

/// The strongest change near the border, beside the strongest that the two paintings would have
/// there when each were alone.
double seam(const image::Image& both, const image::Image& left, const image::Image& right) {
  const auto strongest = [&](const image::Image& picture) {
    const std::vector<double> all = changes(picture);
    const auto middle = all.begin() + picture.width / 2;
    return *std::max_element(middle - seam_reach, middle + seam_reach);
  };
  return strongest(both) / std::max(strongest(left), strongest(right));
}

/// As a hard cut would leave it.
image::Image cut_together(const image::Image& left, const image::Image& right) {
  image::Image both = right;
  for (int y = 0; y < left.height; ++y) {
    const auto row = left.rgb.begin() + y * left.width * 3;
    std::copy(row, row + left.width / 2 * 3, both.rgb.begin() + y * left.width * 3);
  }
  return both;
}

/// Two paintings split by a soft mask: each half is nearer to its own painting than to the other at
/// every layer, and no line stands where they meet, with tiles too (whose border is elsewhere).
TEST(SlowMasks, TwoPaintingsMeetWithoutASeam) {
  const auto& model = nets::find_model("vgg19");
  if (!nets::model_state(model, models_dir()).verified) {
    GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
  }
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image content = example("chelsea.png"), first = example("reading.jpg"),
                     second = example("villa-with-orange-trees.jpg");
  const image::Mask left = left_half(content), right = inverted(left);
  const auto painted = [&](std::vector<image::Image> styles, bool masked, int tile) {
    StylizeOptions options;
    options.size = edge;
    options.min_size = edge / 2;
    options.first_iterations = options.iterations = 20;
    options.tile = tile;
    options.device = "cpu";
    StylizePictures pictures{content, std::move(styles), {}};
    if (masked) pictures.masks.styles = {left, right};
    return stylize(net, std::move(pictures), options).image;
  };
  const image::Image alone_first = painted({first}, false, tile_off),
                     alone_second = painted({second}, false, tile_off);
  EXPECT_GT(seam(cut_together(alone_first, alone_second), alone_first, alone_second), no_seam);
  for (const int tile : {tile_off, 96}) {
    const image::Image both = painted({first, second}, true, tile);
    for (const auto& [mask, own, other] :
         {std::tuple{&left, &first, &second}, {&right, &second, &first}}) {
      const Score to_own = score(net, content, *own, both, *mask),
                  to_other = score(net, content, *other, both, *mask);
      for (std::size_t i = 0; i < to_own.gram_by_layer.size(); ++i) {
        EXPECT_LT(to_own.gram_by_layer[i], to_other.gram_by_layer[i])
            << to_own.style_layers[i] << (mask == &left ? ", left" : ", right") << ", tile "
            << tile;
      }
    }
    const double strength = seam(both, alone_first, alone_second);
    RecordProperty(fmt::format("seam_tile_{}", tile), fmt::format("{:.3f}", strength));
    EXPECT_LT(strength, no_seam) << "tile " << tile;
  }
}

}  // namespace
}  // namespace atelier::style
