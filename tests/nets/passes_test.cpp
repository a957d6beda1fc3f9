// SPDX-License-Identifier: Apache-2.0
// Every pass answers to libtorch's in double precision.
#include <ATen/ATen.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "nets/passes/make_pass.hpp"
#include "small_vgg.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

using namespace testing;

TEST(Passes, AgreeWithTheExactOne) {
  for (const auto pooling : {Pooling::max, Pooling::average}) {
    for (const auto padding : {Padding::zero, Padding::replicate}) {
      const Vgg vgg = small_vgg(pooling, padding);
      for (const auto& [height, width] : {std::pair{4, 4}, {12, 12}, {13, 31}, {50, 9}}) {
        for (const auto& layers : choices_of_layers) {
          SCOPED_TRACE(fmt::format("{} x {}, {}", height, width, fmt::join(layers, " ")));
          const at::Tensor rgb = picture(height, width);
          const auto exact = make_autograd_pass(vgg, layers);
          const auto fast = make_pass(vgg, layers, at::kFloat, "winograd");
          const Features want = exact->forward(rgb, WayBack::follows);
          const Features have = fast->forward(rgb.to(at::kFloat), WayBack::follows);
          ASSERT_EQ(have.size(), want.size());
          for (const auto& [layer, values] : want) {
            ASSERT_EQ(have.at(layer).sizes(), values.sizes()) << layer;
            EXPECT_LT(relative_error(have.at(layer), values), 1e-5) << layer;
          }
          const Features gradients = gradients_for(want);
          Features floats;
          for (const auto& [layer, values] : gradients) floats[layer] = values.to(at::kFloat);
          const at::Tensor slope = exact->backward(gradients);
          EXPECT_LT(relative_error(fast->backward(floats), slope), 1e-4);
        }
      }
    }
  }
}

TEST(Passes, TakeGradientsInPlaceAndNone) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const std::vector<std::string> layers{"relu1_1", "relu1_2", "relu3_1"};
  const at::Tensor rgb = picture(16, 20).to(at::kFloat);
  const auto pass = make_pass(vgg, layers, at::kFloat, "winograd");
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
  EXPECT_LT(relative_error(one, slope), 1e-5);
}

TEST(Passes, FeaturesDoNotDependOnTheWayBack) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const auto pass = make_pass(vgg, {"relu3_1"}, at::kFloat, "winograd");
  const at::Tensor rgb = picture(17, 23).to(at::kFloat);
  const at::Tensor with = pass->forward(rgb, WayBack::follows).at("relu3_1").clone();
  EXPECT_TRUE(at::equal(pass->forward(rgb, WayBack::none).at("relu3_1"), with));
}

TEST(Passes, ServePicturesOfChangingSizes) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::replicate);
  const std::vector<std::string> layers{"relu1_1", "relu3_1"};
  const auto kept = make_pass(vgg, layers, at::kFloat, "winograd");
  for (const auto& [height, width] : {std::pair{40, 20}, {9, 30}, {60, 60}, {12, 8}}) {
    const at::Tensor rgb = picture(height, width).to(at::kFloat);
    const auto fresh = make_pass(vgg, layers, at::kFloat, "winograd");
    const Features gradients = gradients_for(fresh->forward(rgb, WayBack::follows));
    static_cast<void>(kept->forward(rgb, WayBack::follows));
    EXPECT_TRUE(at::equal(kept->backward(gradients), fresh->backward(gradients)));
  }
}

TEST(Passes, GiveTheSameBytesForEveryNumberOfThreads) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const std::vector<std::string> layers{"relu1_1", "relu2_1", "relu3_1"};
  const at::Tensor rgb = picture(70, 90).to(at::kFloat);
  at::Tensor first;
  for (const int threads : {1, 2, 5}) {
    tensor::set_worker_count(threads);
    const auto pass = make_pass(vgg, layers, at::kFloat, "winograd");
    const Features gradients = gradients_for(pass->forward(rgb, WayBack::follows));
    const at::Tensor slope = pass->backward(gradients);
    if (!first.defined()) first = slope;
    EXPECT_TRUE(at::equal(slope, first)) << threads;
  }
  tensor::set_worker_count(1);
}

TEST(Passes, RefuseWhatTheyCannotCompute) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kDouble, "winograd")), Error);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kFloat, "abacus")), Error);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu9_1"}, at::kFloat)), Error);
  const auto pass = make_pass(vgg, {"relu3_1"}, at::kFloat, "winograd");
  EXPECT_THROW(static_cast<void>(pass->forward(picture(3, 9).to(at::kFloat), WayBack::none)),
               Error);
}

}  // namespace
}  // namespace atelier::nets
