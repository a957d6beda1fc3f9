// SPDX-License-Identifier: Apache-2.0
// Every loss and its gradient through the real VGG-19 against PyTorch's record of them
// (bench/peers/make_reference.py).
#include <ATen/ATen.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../style_pictures.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/score.hpp"
#include "atelier/style/stylize.hpp"
#include "nets/image_tensor.hpp"
#include "nets/safetensors.hpp"
#include "style/objective.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

class WeightsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto& model = nets::find_model("vgg19");
    if (!nets::model_state(model, models_dir()).verified) {
      GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
    }
    reference_ = nets::read_safetensors(std::filesystem::path(ATELIER_SOURCE_DIR) /
                                        "tests/nets/data/vgg19_reference.safetensors");
  }

  [[nodiscard]] at::Tensor recorded(const std::string& name) const {
    return reference_.tensors.at(name).to(at::kDouble);
  }

  nets::Safetensors reference_;
};

/// Only one term has a weight, so that total and gradient are its own.
StylizeOptions only(const std::string& term) {
  StylizeOptions options;
  options.content_weight = term == "content" ? 1 : 0;
  options.style_weight = term == "gram" || term == "wasserstein" ? 1 : 0;
  options.tv_weight = term == "tv" ? 1 : 0;
  options.loss = term == "gram" ? "gram" : "wasserstein";
  return options;
}

/// The three pictures in one type.
struct Pictures {
  explicit Pictures(at::ScalarType type, image::Size size = {64, 48})
      : content(nets::to_tensor(atelier::testing::content_picture(size)).to(type)),
        style(nets::to_tensor(atelier::testing::style_picture(size)).to(type)),
        result(nets::to_tensor(atelier::testing::result_picture(size)).to(type)) {}

  at::Tensor content, style, result;
};

void record(const std::string& name, double error) {
  ::testing::Test::RecordProperty(name, fmt::format("{:.1e}", error));
}

TEST_F(WeightsTest, LossesAndGradientsArePyTorchs) {
  const auto net = nets::FeatureNet::load("vgg19");
  for (const auto& [type, engine] :
       {std::pair{at::kFloat, "winograd"}, {at::kFloat, "torch"}, {at::kDouble, "torch"}}) {
    const Pictures pictures(type);
    for (const char* term : {"content", "gram", "wasserstein", "tv"}) {
      SCOPED_TRACE(::testing::Message() << term << ", " << engine << ", " << type);
      TiledObjective objective(net, only(term), pictures.content, {pictures.style}, 0, engine);
      const auto ours = objective.evaluate(pictures.result);
      const double value = recorded(std::string("terms.") + term).item<double>();
      EXPECT_NEAR(ours.losses.total / value, 1, 1e-4);
      const double error = relative_error(ours.gradient, recorded(std::string("gradient.") + term));
      record(fmt::format("{}_{}_{}", term, engine, at::toString(type)), error);
      EXPECT_LE(error, 1e-4);
    }
  }
}

TEST_F(WeightsTest, FeaturesOfTheFastEngineAreTheExactOnes) {
  const auto net = nets::FeatureNet::load("vgg19");
  const auto& all = net.layers();
  const std::vector<std::string> layers(all.begin(),
                                        std::find(all.begin(), all.end(), "relu5_1") + 1);
  ASSERT_EQ(layers.size(), 13U);
  const at::Tensor rgb = Pictures(at::kFloat, {192, 160}).result;
  const auto fast = nets::make_pass(net.network(), layers, at::kFloat, "winograd");
  const auto exact = nets::make_pass(net.network(), layers, at::kDouble, "torch");
  const nets::Features& ours = fast->forward(rgb, nets::WayBack::none);
  for (const auto& [layer, values] : exact->forward(rgb.to(at::kDouble), nets::WayBack::none)) {
    const double error = relative_error(ours.at(layer), values);
    record(layer, error);
    EXPECT_LE(error, 1e-4) << layer;
  }
}

/// Rounding moves each activation by 1e-6 or so, and with it a few in a million over zero, or over
/// their neighbours in a pooling; each of those lets another gradient pass. The root of their share
/// is what gradients differ by in fp32, by whichever engine: about 1e-3. A picture moved by 1e-7
/// has an exact gradient that differs by 3e-3.
constexpr double fp32_gradient_limit = 5e-3;

TEST_F(WeightsTest, TheGradientOfTheFastEngineIsTheExactOne) {
  for (const auto pooling : {nets::Pooling::max, nets::Pooling::average}) {
    const auto net = nets::FeatureNet::load("vgg19", {pooling, nets::Padding::zero});
    const auto evaluate = [&](at::ScalarType type, const char* engine) {
      const Pictures pictures(type, {192, 160});
      return TiledObjective(net, {}, pictures.content, {pictures.style}, 0, engine)
          .evaluate(pictures.result);
    };
    const auto exact = evaluate(at::kDouble, "torch"), fast = evaluate(at::kFloat, "winograd"),
               slow = evaluate(at::kFloat, "torch");
    const std::string name = pooling == nets::Pooling::max ? "max" : "average";
    const double error = relative_error(fast.gradient, exact.gradient);
    record(name + "_winograd", error);
    record(name + "_torch", relative_error(slow.gradient, exact.gradient));
    EXPECT_LE(error, fp32_gradient_limit) << name;
    EXPECT_NEAR(fast.losses.total / exact.losses.total, 1, 1e-5) << name;
  }
}

TEST_F(WeightsTest, TilesAreTheWhole) {
  const auto net = nets::FeatureNet::load("vgg19");
  struct Case {
    at::ScalarType type;
    image::Size size;
    int tile;
    double limit;
  };
  for (const auto& [type, size, tile, limit] :
       {Case{at::kDouble, {255, 41}, 64, 1e-10},
        {at::kFloat, {192, 160}, 64, fp32_gradient_limit},
        {at::kFloat, {403, 150}, 128, fp32_gradient_limit}}) {
    const Pictures pictures(type, size);
    const auto evaluate = [&](int edge) {
      return TiledObjective(net, {}, pictures.content, {pictures.style}, edge)
          .evaluate(pictures.result);
    };
    const auto whole = evaluate(0), tiled = evaluate(tile);
    const double error = relative_error(tiled.gradient, whole.gradient);
    const std::string name = fmt::format("{}_{}", at::toString(type), size.width);
    record(name, error);
    EXPECT_LE(error, limit) << name;
    EXPECT_NEAR(tiled.losses.total / whole.losses.total, 1, std::min(limit, 1e-5)) << name;
  }
}

TEST_F(WeightsTest, ScoreIsPyTorchs) {
  const Score ours = score(nets::FeatureNet::load("vgg19"), atelier::testing::content_picture(),
                           atelier::testing::style_picture(), atelier::testing::result_picture());
  EXPECT_NEAR(ours.content / recorded("terms.content").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.gram / recorded("terms.gram").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.wasserstein / recorded("terms.wasserstein_exact").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.tv / recorded("terms.tv").item<double>(), 1, 1e-4);
}

/// A soft mask from left to right, and what it leaves.
std::vector<std::optional<image::Mask>> soft_halves(image::Size size) {
  image::Mask left{size.width, size.height, {}}, right = left;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double way = (x + 0.5) / size.width;
      const auto weight = static_cast<float>(std::clamp(2.5 - 4 * way, 0.0, 1.0));
      left.values.push_back(weight);
      right.values.push_back(1 - weight);
    }
  }
  return {left, right};
}

class SlowWeightsTest : public WeightsTest {};

/// Two paintings in one picture: within each region every layer is nearer to its own.
TEST_F(SlowWeightsTest, EachRegionIsNearerToItsOwnPainting) {
  const image::Size size{128, 96};
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image content = atelier::testing::content_picture(size);
  const std::vector<image::Image> styles{
      atelier::testing::style_picture(size),
      atelier::testing::wave_picture({{{0.2, 0.05, 0.9, 0.3}, {0.2, 0.45, -0.2, 2.5}}}, size)};
  const auto masks = soft_halves(size);
  for (const int tile : {tile_off, 64}) {
    StylizeOptions options;
    options.iterations = 30;
    options.first_iterations = 30;
    options.min_size = 64;
    options.tile = tile;
    StylizePictures pictures{content, styles, {}};
    pictures.masks.styles = masks;
    const image::Image result = stylize(net, std::move(pictures), options).image;
    for (std::size_t i = 0; i < 2; ++i) {
      const Score own = score(net, content, styles[i], result, masks[i]),
                  other = score(net, content, styles[1 - i], result, masks[i]);
      for (std::size_t layer = 0; layer < own.style_layers.size(); ++layer) {
        EXPECT_LT(own.gram_by_layer[layer], other.gram_by_layer[layer])
            << own.style_layers[layer] << ", region " << i << ", tile " << tile;
      }
    }
  }
}

/// A mask of 1 everywhere scores as none does.
TEST_F(WeightsTest, ScoreWithinEverythingIsTheScore) {
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image content = atelier::testing::content_picture(),
                     style = atelier::testing::style_picture(),
                     result = atelier::testing::result_picture();
  const image::Mask ones{64, 48, std::vector<float>(64 * 48, 1)};
  const Score whole = score(net, content, style, result),
              within = score(net, content, style, result, ones);
  EXPECT_NEAR(within.content / whole.content, 1, 1e-5);
  EXPECT_NEAR(within.gram / whole.gram, 1, 1e-5);
  EXPECT_NEAR(within.wasserstein / whole.wasserstein, 1, 1e-5);
  EXPECT_NEAR(within.tv / whole.tv, 1, 1e-5);
}

TEST_F(WeightsTest, ThePaintingHasItsOwnStyleAndThePhotographItsOwnContent) {
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image content = atelier::testing::content_picture(),
                     style = atelier::testing::style_picture();
  const Score painting = score(net, content, style, style),
              photograph = score(net, content, style, content);
  EXPECT_EQ(photograph.content, 0);
  EXPECT_NEAR(painting.gram, 0, 1e-10);
  EXPECT_NEAR(painting.wasserstein, 0, 1e-6);
  EXPECT_GT(photograph.gram, 0.01);
  EXPECT_GT(painting.content, 0.01);
}

}  // namespace
}  // namespace atelier::style
