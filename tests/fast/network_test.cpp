// SPDX-License-Identifier: Apache-2.0
#include "fast/network.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "chance_parameters.hpp"
#include "fast/folded_network.hpp"
#include "fast/grain.hpp"
#include "nets/image_tensor.hpp"
#include "random_vgg.hpp"

namespace atelier::fast {
namespace {

/// Narrow, so that tests are quick; of the same form.
Architecture narrow() {
  Architecture a;
  a.full = 4;
  a.half = 6;
  a.quarter = 8;
  a.eighth = 10;
  a.mixes = 3;
  a.hidden = 12;
  a.code = 7;
  a.projections = 2;
  return a;
}

at::Tensor chance(at::IntArrayRef sizes, std::uint64_t seed) {
  return at::randn(sizes, at::detail::createCPUGenerator(seed));
}

/// With the same grain behind each picture.
at::Tensor grained(const Architecture& a, const at::Tensor& rgb) {
  return with_grain(a, rgb, std::vector<Place>(static_cast<std::size_t>(rgb.size(0))));
}

struct Fixture {
  Architecture a = narrow();
  train::Parameters parameters = chance_parameters(a);
  Network network{a, parameters};
  at::Tensor photo = nets::to_tensor(waves(64, 48, 1)), moved = nets::to_tensor(waves(64, 48, 2));

  [[nodiscard]] Modulations modulations(std::uint64_t seed, std::int64_t n = 1) const {
    return network.modulations(chance({n, a.code}, seed));
  }

  [[nodiscard]] at::Tensor paint(const at::Tensor& rgb, const at::Tensor& carried,
                                 const Modulations& m, const LayerNorms* given = nullptr,
                                 LayerNorms* seen = nullptr) const {
    return network.paint(grained(a, rgb), carried, m, given, seen);
  }
};

TEST(Network, KeepsTheSize) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  EXPECT_EQ(f.paint(f.photo, f.moved, f.modulations(1)).sizes(), f.photo.sizes());
}

TEST(Network, PaintsEachPictureOfABatchAsAlone) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  const at::Tensor codes = chance({2, f.a.code}, 4);
  const at::Tensor both = f.paint(at::cat({f.photo, f.moved}), at::cat({f.moved, f.photo}),
                                  f.network.modulations(codes));
  const at::Tensor second = f.paint(f.moved, f.photo, f.network.modulations(codes.narrow(0, 1, 1)));
  EXPECT_TRUE(at::allclose(both.narrow(0, 1, 1), second, 1e-4, 1e-5));
}

TEST(Network, PaintsTheSameWithItsOwnNormsGiven) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  LayerNorms norms;
  const Modulations m = f.modulations(1);
  const at::Tensor painted = f.paint(f.photo, f.moved, m, nullptr, &norms);
  EXPECT_EQ(norms.layers.size(), styled_layers(f.a).size());
  EXPECT_TRUE(at::equal(f.paint(f.photo, f.moved, m, &norms), painted));
}

TEST(Network, PaintsTheSameFoldedIntoItsFilters) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  ColourMap colours;
  colours.matrix = {0.9, 0.2, 0, -0.1, 1.1, 0.1, 0, 0.3, 0.7};
  colours.offset = {0.05, -0.1, 0.2};
  const Modulations m = f.modulations(1);
  LayerNorms norms;
  const at::Tensor moved = apply(colours, f.photo);
  const at::Tensor painted = f.paint(f.photo, moved, m, nullptr, &norms);
  const FoldedNetwork folded(f.a, f.parameters, m, norms, colours);
  EXPECT_TRUE(at::allclose(folded.paint(grained(f.a, f.photo)), painted, 1e-3, 1e-4));
}

TEST(Network, BeginsWithThePhotographInTheStylesColours) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  const train::Parameters untrained(parameter_specs(f.a), 3, at::kCPU);
  EXPECT_TRUE(at::equal(
      Network(f.a, untrained).paint(grained(f.a, f.photo), f.moved, f.modulations(1)), f.moved));
}

TEST(Network, MakesSomethingOfAFlatPicture) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  const at::Tensor flat = at::full({1, 3, 48, 64}, 0.4);
  const at::Tensor painted = f.paint(flat, flat, f.modulations(1));
  EXPECT_GT(painted.std({2, 3}).min().item<double>(), 1e-3);
}

TEST(Network, StylesMatter) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  EXPECT_FALSE(at::allclose(f.paint(f.photo, f.moved, f.modulations(1)),
                            f.paint(f.photo, f.moved, f.modulations(2)), 1e-3, 1e-4));
}

TEST(Network, SeesNoFurtherThanItsReach) {
  const at::NoGradGuard no_gradient;
  const Fixture f;
  const Modulations m = f.modulations(1);
  at::Tensor photo = nets::to_tensor(waves(520, 16, 1));
  const at::Tensor moved = nets::to_tensor(waves(520, 16, 2));
  LayerNorms norms;
  const at::Tensor before = f.paint(photo, moved, m, nullptr, &norms);
  photo = photo.clone();
  photo.narrow(3, 256, 1).add_(0.5);  // one column
  const at::Tensor change = (f.paint(photo, moved, m, &norms) - before).abs().amax({0, 1, 2});
  const int far = reach(f.a);
  EXPECT_EQ(change.narrow(0, 0, 256 - far).max().item<double>(), 0);
  EXPECT_EQ(change.narrow(0, 257 + far, 520 - 257 - far).max().item<double>(), 0);
  EXPECT_GT(change.narrow(0, 256 - far / 2, far).max().item<double>(), 0);
  RecordProperty("reach", far);
}

TEST(Network, OutputsLieOverTheirInputs) {
  // Mirrored pictures give mirrored results when every filter is its own mirror: nothing shifts.
  const at::NoGradGuard no_gradient;
  Fixture f;
  nets::TensorMap tensors = f.parameters.tensors();
  for (auto& [name, t] : tensors) {
    if (t.dim() == 4) t = 0.5 * (t + t.flip(3));
  }
  tensors["enter.weight"].narrow(1, 6, f.a.grain).zero_();  // grain has no mirror
  f.parameters.load(tensors);
  const Modulations m = f.modulations(1);
  const at::Tensor painted = f.paint(f.photo, f.moved, m);
  const at::Tensor mirrored = f.paint(f.photo.flip(3), f.moved.flip(3), m).flip(3);
  EXPECT_TRUE(at::allclose(painted, mirrored, 1e-3, 1e-4));
}

TEST(Network, GradientsAreThoseOfCentralDifferences) {
  const Architecture a = narrow();
  const train::Parameters parameters = chance_parameters(a, at::kDouble);
  const Network network(a, parameters);
  const auto picture = [](int seed) {
    return nets::to_tensor(waves(32, 24, seed)).to(at::kDouble);
  };
  const at::Tensor photo = picture(1), moved = picture(2);
  const at::Tensor levels = chance({1, level_count()}, 8).to(at::kDouble);
  const at::Tensor weights = chance({1, 3, 24, 32}, 9).to(at::kDouble);
  std::map<std::string, at::Tensor> correlations;
  for (const StyleLayer& layer : style_layers()) {
    correlations[layer.name] = at::eye(layer.channels, at::kDouble).unsqueeze(0);
  }
  const auto loss = [&] {
    const Modulations m = network.modulations(network.code(levels, correlations));
    return (network.paint(grained(a, photo), moved, m) * weights).sum();
  };
  loss().backward();
  const at::Tensor direction = chance({parameters.count()}, 10).to(at::kDouble);
  const double expected = parameters.gradients().dot(direction).item<double>();
  const at::NoGradGuard no_gradient;
  const double step = 1e-8;  // short, so that hardly a ReLU changes side
  parameters.values().add_(direction, step);
  const double above = loss().item<double>();
  parameters.values().add_(direction, -2 * step);
  const double below = loss().item<double>();
  EXPECT_NEAR((above - below) / (2 * step), expected, 1e-4 * std::abs(expected));
}

TEST(Network, PlainFormTakesThePaintingsLevels) {
  const at::NoGradGuard no_gradient;
  Architecture a = narrow();
  a.modulated = false;
  a.mixes = a.grain = 0;
  const train::Parameters parameters = chance_parameters(a);
  const Network network(a, parameters);
  const Fixture f;
  const Modulations m = network.adapted_modulations(f.moved);
  const Modulations other = network.adapted_modulations(f.photo);
  EXPECT_EQ(m.at(adapted_layer).scale.sizes(), (std::vector<std::int64_t>{1, 10}));
  EXPECT_FALSE(at::allclose(m.at(adapted_layer).scale, other.at(adapted_layer).scale));
  EXPECT_TRUE(at::equal(m.at("enter").scale, other.at("enter").scale));
  EXPECT_EQ(network.paint(f.photo, f.photo, m).sizes(), f.photo.sizes());
}

}  // namespace
}  // namespace atelier::fast
