// SPDX-License-Identifier: Apache-2.0
// Every pass answers to libtorch's in double precision.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "pass_sweeps.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

using namespace testing;

/// How far from the exact pass an engine may be. The bf16 engine's features hold seven bits of
/// mantissa, rounded again at every layer. A gradient of noise is then off by a fifth at worst:
/// activations near zero and near ties fall to the other side, and what they pass is wholly other.
struct Tolerances {
  const char* engine;
  double features, gradient;
  double gradient_near;  ///< of a layer near the picture
};

class Passes : public EngineTest, public ::testing::WithParamInterface<Tolerances> {
 protected:
  Passes() : EngineTest(GetParam().engine) {}
  ~Passes() override { tensor::set_worker_count(1); }
};

INSTANTIATE_TEST_SUITE_P(Engines, Passes,
                         ::testing::Values(Tolerances{"winograd", 1e-5, 1e-4, 1e-5},
                                           Tolerances{"bf16", 2e-2, 3e-1, 5e-2}),
                         [](const auto& test) { return std::string(test.param.engine); });

TEST_P(Passes, AgreeWithTheExactOne) {
  double worst_feature = 0, worst_gradient = 0;
  on_every_network_and_picture([&](const Vgg& vgg, const auto& layers, const at::Tensor& rgb) {
    const auto exact = make_autograd_pass(vgg, layers);
    const auto fast = make(vgg, layers);
    const Features want = exact->forward(rgb, WayBack::follows);
    const Features have = fast->forward(rgb.to(at::kFloat), WayBack::follows);
    ASSERT_EQ(have.size(), want.size());
    for (const auto& [layer, values] : want) {
      ASSERT_EQ(have.at(layer).sizes(), values.sizes()) << layer;
      const double error = relative_error(have.at(layer), values);
      EXPECT_LT(error, GetParam().features) << layer;
      worst_feature = std::max(worst_feature, error);
    }
    const Features gradients = gradients_for(want);
    const at::Tensor slope = exact->backward(gradients);
    const double error = relative_error(fast->backward(in_floats(gradients)), slope);
    EXPECT_LT(error, GetParam().gradient);
    worst_gradient = std::max(worst_gradient, error);
  });
  RecordProperty("worst_feature", fmt::format("{:.2e}", worst_feature));
  RecordProperty("worst_gradient", fmt::format("{:.2e}", worst_gradient));
}

TEST_P(Passes, TakeGradientsInPlaceAndNone) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const std::vector<std::string> layers{"relu1_1", "relu1_2", "relu3_1"};
  const at::Tensor rgb = picture(16, 20).to(at::kFloat);
  const auto pass = make(vgg, layers);
  ASSERT_TRUE(pass->takes_gradients_in_place());
  const Features gradients = gradients_for(pass->forward(rgb, WayBack::follows));
  const at::Tensor apart = pass->backward(gradients).clone();
  Features features = pass->forward(rgb, WayBack::follows);
  for (auto& [layer, values] : features) values.copy_(gradients.at(layer));
  EXPECT_TRUE(at::equal(pass->backward(features), apart));

  static_cast<void>(pass->forward(rgb, WayBack::follows));
  EXPECT_EQ(pass->backward({}).abs().max().item<double>(), 0);
  static_cast<void>(pass->forward(rgb, WayBack::follows));
  const at::Tensor one = pass->backward({{"relu1_2", gradients.at("relu1_2")}}).clone();
  const auto exact = make_autograd_pass(vgg, layers);
  static_cast<void>(exact->forward(rgb.to(at::kDouble), WayBack::follows));
  const at::Tensor slope = exact->backward({{"relu1_2", gradients.at("relu1_2").to(at::kDouble)}});
  EXPECT_LT(relative_error(one, slope), GetParam().gradient_near);
}

TEST_P(Passes, HeedNoGradientOfALayerThatWasNotAskedFor) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const at::Tensor rgb = picture(16, 20).to(at::kFloat);
  const auto pass = make(vgg, {"relu3_1"});
  Features gradients = gradients_for(pass->forward(rgb, WayBack::follows));
  const at::Tensor slope = pass->backward(gradients).clone();
  gradients["relu1_2"] = at::ones({1, 16, 16, 20});
  static_cast<void>(pass->forward(rgb, WayBack::follows));
  EXPECT_TRUE(at::equal(pass->backward(gradients), slope));
}

TEST_P(Passes, FeaturesDoNotDependOnTheWayBack) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const at::Tensor rgb = picture(17, 23).to(at::kFloat);
  const auto pass = make(vgg, {"relu3_1"});
  const at::Tensor without = pass->forward(rgb, WayBack::none).at("relu3_1").clone();
  EXPECT_TRUE(at::equal(pass->forward(rgb, WayBack::follows).at("relu3_1"), without));
  EXPECT_TRUE(at::equal(pass->forward(rgb, WayBack::none).at("relu3_1"), without));
}

TEST_P(Passes, ServePicturesOfChangingSizes) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::replicate);
  const std::vector<std::string> layers{"relu1_1", "relu3_1"};
  const auto kept = make(vgg, layers);
  for (const auto& [height, width] : {std::pair{40, 20}, {9, 30}, {60, 60}, {12, 8}, {40, 20}}) {
    const at::Tensor rgb = picture(height, width).to(at::kFloat);
    const auto fresh = make(vgg, layers);
    const Features gradients = gradients_for(fresh->forward(rgb, WayBack::follows));
    static_cast<void>(kept->forward(rgb, WayBack::follows));
    EXPECT_TRUE(at::equal(kept->backward(gradients), fresh->backward(gradients)));
  }
}

TEST_P(Passes, GiveTheSameBytesForEveryNumberOfThreads) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const std::vector<std::string> layers{"relu1_1", "relu2_1", "relu3_1"};
  const at::Tensor rgb = picture(70, 90).to(at::kFloat);
  at::Tensor first;
  for (const auto& [there, back] : {std::pair{1, 1}, {2, 2}, {5, 5}, {1, 5}, {5, 2}}) {
    tensor::set_worker_count(there);
    const auto pass = make(vgg, layers);
    const Features gradients = gradients_for(pass->forward(rgb, WayBack::follows));
    for (const char* time : {"first", "second"}) {
      if (time[0] == 's') static_cast<void>(pass->forward(rgb, WayBack::follows));
      tensor::set_worker_count(back);
      const at::Tensor slope = pass->backward(gradients).clone();
      if (!first.defined()) first = slope;
      EXPECT_TRUE(at::equal(slope, first))
          << there << " threads there, " << back << " back, " << time << " time";
    }
  }
}

TEST_P(Passes, RefuseWhatTheyCannotCompute) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const char* engine = GetParam().engine;
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kDouble, engine)), Error);
  EXPECT_THROW(static_cast<void>(make(vgg, {"relu9_1"})), Error);
  const auto pass = make(vgg, {"relu3_1"});
  EXPECT_THROW(static_cast<void>(pass->forward(picture(3, 9).to(at::kFloat), WayBack::none)),
               Error);
}

TEST(MakePass, RefusesAnUnknownEngine) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kFloat, "abacus")), Error);
}

}  // namespace
}  // namespace atelier::nets
