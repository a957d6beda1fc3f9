// SPDX-License-Identifier: Apache-2.0
// Every pass answers to libtorch's in double precision.
#include <ATen/ATen.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "nets/passes/make_pass.hpp"
#include "nets/vgg.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

at::Tensor random_tensor(at::IntArrayRef shape, std::uint64_t seed, double deviation = 1.0) {
  RandomStream random(seed, "passes");
  at::Tensor t = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i)
    t.data_ptr<double>()[i] = deviation * random.normal();
  return t;
}

/// Three blocks of two, two and one convolutions; channels that fill no whole block, or two.
Vgg small_vgg(Pooling pooling, Padding padding) {
  std::map<std::string, at::Tensor> weights;
  std::int64_t in = 3;
  std::uint64_t seed = 1;
  for (const auto& [name, out] : {std::pair{"conv1_1", 7},
                                  {"conv1_2", 16},
                                  {"conv2_1", 20},
                                  {"conv2_2", 33},
                                  {"conv3_1", 5}}) {
    const double deviation = 1.0 / std::sqrt(4.5 * static_cast<double>(in));
    weights[std::string(name) + ".weight"] =
        random_tensor({out, in, 3, 3}, seed++, deviation).to(at::kFloat);
    weights[std::string(name) + ".bias"] = random_tensor({out}, seed++, 0.1).to(at::kFloat);
    in = out;
  }
  const InputConvention convention{true, 255, {103.9, 116.8, 123.7}, {70, 80, 90}};
  return Vgg("small", "", weights, convention, {pooling, padding});
}

at::Tensor picture(std::int64_t height, std::int64_t width) {
  return random_tensor({1, 3, height, width}, 9, 0.2).add_(0.5).clamp_(0, 1);
}

double relative_error(const at::Tensor& ours, const at::Tensor& exact) {
  return ((ours.to(at::kDouble) - exact).norm() / (exact.norm() + 1e-30)).item<double>();
}

/// A gradient for each feature, of its shape.
Features gradients_for(const Features& features) {
  Features gradients;
  std::uint64_t seed = 30;
  for (const auto& [layer, values] : features) {
    gradients[layer] = random_tensor(values.sizes(), seed++).to(values.scalar_type());
  }
  return gradients;
}

const std::vector<std::vector<std::string>> choices_of_layers{
    {"relu3_1"},
    {"relu1_1"},
    {"relu1_1", "relu2_1", "relu3_1"},
    {"relu1_2", "relu2_2", "relu3_1"},  // before pooling: their unpooled activations are wanted
    {"relu2_1", "relu2_2"}};

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
  const auto pass = make_pass(vgg, layers, at::kFloat);
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
  const auto pass = make_pass(vgg, {"relu3_1"}, at::kFloat);
  const at::Tensor rgb = picture(17, 23).to(at::kFloat);
  const at::Tensor with = pass->forward(rgb, WayBack::follows).at("relu3_1").clone();
  EXPECT_TRUE(at::equal(pass->forward(rgb, WayBack::none).at("relu3_1"), with));
}

TEST(Passes, ServePicturesOfChangingSizes) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::replicate);
  const std::vector<std::string> layers{"relu1_1", "relu3_1"};
  const auto kept = make_pass(vgg, layers, at::kFloat);
  for (const auto& [height, width] : {std::pair{40, 20}, {9, 30}, {60, 60}, {12, 8}}) {
    const at::Tensor rgb = picture(height, width).to(at::kFloat);
    const auto fresh = make_pass(vgg, layers, at::kFloat);
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
    const auto pass = make_pass(vgg, layers, at::kFloat);
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
  const auto pass = make_pass(vgg, {"relu3_1"}, at::kFloat);
  EXPECT_THROW(static_cast<void>(pass->forward(picture(3, 9).to(at::kFloat), WayBack::none)),
               Error);
}

}  // namespace
}  // namespace atelier::nets
