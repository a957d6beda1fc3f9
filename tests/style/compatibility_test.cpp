// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/compatibility.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../style_pictures.hpp"
#include "atelier/base/error.hpp"
#include "small_net.hpp"
#include "style/compatibility/grain.hpp"
#include "style/compatibility/layer_profile.hpp"
#include "style/compatibility/palette.hpp"
#include "style/compatibility/prediction.hpp"
#include "style/compatibility/reasons.hpp"
#include "style/losses/losses.hpp"

namespace atelier::style {
namespace {

/// 1 x channels x 1 x count, activations as after a ReLU.
at::Tensor activations(int channels, int count, std::uint64_t seed) {
  return random_tensor({1, channels, 1, count}, seed).abs().to(at::kFloat);
}

image::Image flat(float red, float green, float blue, int edge = 16) {
  image::Image picture{edge, edge, {}, {}};
  for (int i = 0; i < edge * edge; ++i) picture.rgb.insert(picture.rgb.end(), {red, green, blue});
  return picture;
}

TEST(LayerProfile, DistanceIsTheExactWassersteinLoss) {
  for (const int count : {5, 12, 13, 40}) {  // fewer positions than channels, as many, more
    SCOPED_TRACE(count);
    const at::Tensor one = activations(12, 30, 1), other = activations(12, count, 2);
    const LayerProfile a = layer_profile(one), b = layer_profile(other);
    const double loss = (*wasserstein_loss(moments(other), Root::exact))(moments(one), false).value;
    // The loss' covariance comes from sums in fp32, whose rounding looks like a little more spread.
    EXPECT_NEAR(squared_wasserstein(a, b) / b.energy, loss, 1e-4);
    EXPECT_NEAR(squared_wasserstein(a, b), squared_wasserstein(b, a), 1e-6);
    const double gram = (*gram_loss(moments(other)))(moments(one), false).value;
    EXPECT_NEAR(gram_distance(a, b), gram, 1e-6);
  }
}

TEST(LayerProfile, IsZeroToItselfAndKnowsNoPlaces) {
  for (const int count : {6, 50}) {
    const at::Tensor values = activations(10, count, 3);
    const LayerProfile a = layer_profile(values), turned = layer_profile(values.flip(3));
    EXPECT_NEAR(squared_wasserstein(a, a) / a.energy, 0, 1e-6);
    EXPECT_NEAR(squared_wasserstein(a, turned) / a.energy, 0, 1e-6);
    EXPECT_NEAR(gram_distance(a, turned), 0, 1e-10);
  }
}

TEST(LayerProfile, AShiftOfAllIsTheSquaredLength) {
  const at::Tensor values = activations(4, 20, 4);
  const at::Tensor shift = at::tensor({3.0, 0.0, 4.0, 0.0}).to(at::kFloat).view({1, 4, 1, 1});
  EXPECT_NEAR(squared_wasserstein(layer_profile(values), layer_profile(values + shift)), 25, 1e-4);
}

TEST(LayerProfile, ALayerThatSeesNothingHasADistanceToo) {
  const LayerProfile nothing = layer_profile(at::zeros({1, 8, 2, 2}));
  const LayerProfile something = layer_profile(activations(8, 30, 5));
  EXPECT_NEAR(squared_wasserstein(nothing, something), something.energy, 1e-9);
  EXPECT_EQ(squared_wasserstein(nothing, nothing), 0);
}

TEST(Palette, KnowsOklabsCorners) {
  const auto white = oklab(1, 1, 1), black = oklab(0, 0, 0), red = oklab(1, 0, 0);
  EXPECT_NEAR(white[0], 1, 1e-6);
  EXPECT_NEAR(std::hypot(white[1], white[2]), 0, 1e-6);
  EXPECT_EQ(black[0], 0);
  EXPECT_NEAR(red[0], 0.627955, 1e-5);  // Ottosson's own figures
  EXPECT_NEAR(red[1], 0.224863, 1e-5);
  EXPECT_NEAR(red[2], 0.125846, 1e-5);
}

TEST(Palette, OfOneColourEachIsTheirDistance) {
  const auto a = oklab(0.8, 0.3, 0.2), b = oklab(0.2, 0.3, 0.7);
  double squared = 0;
  for (int i = 0; i < 3; ++i) squared += (a[i] - b[i]) * (a[i] - b[i]);
  const Palette warm(flat(0.8F, 0.3F, 0.2F)), cold(flat(0.2F, 0.3F, 0.7F));
  const PaletteDifference difference = warm.to(cold);
  // 32 directions are even to about two parts in a hundred.
  EXPECT_NEAR(difference.distance / (100 * std::sqrt(squared)), 1, 0.02);
  EXPECT_LT(difference.warmth, -10);
  EXPECT_NEAR(cold.to(warm).warmth, -difference.warmth, 1e-12);
  EXPECT_NEAR(cold.to(warm).distance, difference.distance, 1e-12);
}

TEST(Palette, TellsLighterAndMoreSaturated) {
  const Palette grey(flat(0.4F, 0.4F, 0.4F)), light(flat(0.8F, 0.8F, 0.8F)),
      green(flat(0.1F, 0.6F, 0.2F));
  EXPECT_GT(grey.to(light).lightness, 20);
  EXPECT_NEAR(grey.to(light).saturation, 0, 1e-4);
  EXPECT_GT(grey.to(green).saturation, 10);
}

TEST(Palette, HasNoPlacesAndNoSize) {
  image::Image picture = testing::style_picture();
  image::Image turned = picture, twice = picture;
  for (std::size_t i = 0, n = picture.pixels(); i < n; ++i) {
    std::copy_n(picture.rgb.begin() + 3 * static_cast<std::ptrdiff_t>(i), 3,
                turned.rgb.begin() + 3 * static_cast<std::ptrdiff_t>(n - 1 - i));
  }
  twice.rgb.insert(twice.rgb.end(), picture.rgb.begin(), picture.rgb.end());
  twice.height *= 2;
  EXPECT_NEAR(Palette(picture).to(Palette(turned)).distance, 0, 1e-9);
  EXPECT_NEAR(Palette(picture).to(Palette(twice)).distance, 0, 0.05);
}

TEST(Grain, OfAChessboardIsTheFinestAndOfItsEnlargementsCoarser) {
  double last = 0;
  for (const int square : {1, 2, 4, 8}) {
    image::Image board{64, 64, {}, {}};
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        board.rgb.insert(board.rgb.end(), 3, (x / square + y / square) % 2 ? 1.F : 0.F);
      }
    }
    const std::vector<double> energies = octave_energies(board);
    ASSERT_EQ(energies.size(), 4U);
    const double wavelength = mean_wavelength(energies);
    EXPECT_NEAR(wavelength, 3 * square, 1e-9);
    EXPECT_GT(wavelength, last);
    EXPECT_NEAR(energies[0] + energies[1] + energies[2] + energies[3], 0.25, 1e-7);
    last = wavelength;
  }
}

TEST(Grain, OfNothingIsInTheMiddleAndASmallPictureHasFewerOctaves) {
  EXPECT_NEAR(mean_wavelength(octave_energies(flat(0.5F, 0.2F, 0.1F))), 6, 1e-9);
  EXPECT_EQ(octave_energies(flat(0.5F, 0.5F, 0.5F, 5)).size(), 2U);
}

TEST(Prediction, IsTheExponentialOfASum) {
  const Model model{"total", std::log(0.5), {{"a", 2}, {"b", -1}}, std::log(1.25), -1, 0.1};
  const Foretold loss = foretold(model, {{"b", 4}, {"c", 7}, {"a", 3}});
  EXPECT_NEAR(loss.value, 0.5 * 9 / 4, 1e-12);
  EXPECT_NEAR(loss.high, loss.value * 1.25, 1e-12);
  EXPECT_NEAR(loss.low, loss.value / 1.25, 1e-12);
  // A figure below the least counts as it.
  EXPECT_NEAR(foretold(model, {{"a", 0}, {"b", 1}}).value, 0.5 * 1e-16, 1e-23);
  EXPECT_THROW((void)foretold(model, {{"a", 3}}), Error);
}

TEST(Prediction, ScoreIsTheShareOfPairsAbove) {
  const Model model{"total", 0, {}, 0.1, std::log(0.3), 0.2};
  EXPECT_NEAR(score_of(model, 0.3), 50, 1e-9);
  EXPECT_NEAR(score_of(model, 0.3 * std::exp(0.2)), 15.8655, 1e-3);  // one deviation
  EXPECT_NEAR(score_of(model, 0.3 * std::exp(-0.4)), 97.725, 1e-3);  // two
  EXPECT_NEAR(score_of(model, 1e-9), 100, 1e-9);
}

TEST(Prediction, TheTableHasAModelOfEachLoss) {
  std::vector<std::string_view> losses;
  for (const Model& model : models()) {
    losses.push_back(model.loss);
    EXPECT_FALSE(model.coefficients.empty()) << model.loss;
    EXPECT_GT(model.error, 0) << model.loss;
    EXPECT_GT(model.deviation, model.error) << model.loss << " tells nothing";
    double sum = 0;  // with every distance made smaller, the loss must become smaller
    for (const auto& [figure, weight] : model.coefficients) sum += weight;
    EXPECT_GT(sum, 0) << model.loss;
  }
  EXPECT_EQ(losses, (std::vector<std::string_view>{"total", "content", "style"}));
}

TEST(Reasons, AreWordedByTheirFigures) {
  Compatibility of;
  of.palette = {.distance = 60, .lightness = -20, .warmth = 9, .saturation = 0};
  of.grain = {.photograph = 8, .painting = 4, .octaves = -1};
  of.style_scale = 2;
  of.content = {.value = 5, .low = 4, .high = 6};
  const std::vector<Reason> far = reasons_for(of);
  ASSERT_EQ(far.size(), 3U);
  EXPECT_EQ(far[0].text, "palette far (60): darker, warmer");
  EXPECT_EQ(far[1].text,
            "strokes finer than the photograph's detail (1.0 octaves); to match it: --style-scale "
            "2");
  EXPECT_EQ(far[2].text, "little structure kept (content 5.00)");
  EXPECT_EQ(far[2].figure, 5);

  const std::vector<Reason> near = reasons_for({});
  EXPECT_EQ(near[0].text, "palette near (0)");
  EXPECT_EQ(near[1].text, "strokes of the size of the photograph's detail");
  EXPECT_EQ(near[2].text, "structure kept well (content 0.00)");
}

}  // namespace
}  // namespace atelier::style
