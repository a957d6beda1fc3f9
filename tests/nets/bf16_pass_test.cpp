// SPDX-License-Identifier: Apache-2.0
// The bf16 pass answers to libtorch's in double precision, within what bf16 can hold: seven bits of
// mantissa a value, rounded again at every layer.
#include <ATen/ATen.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "atelier/base/error.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "nets/passes/make_pass.hpp"
#include "small_vgg.hpp"
#include "tensor/kernels/bf16_convolution.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

using namespace testing;

class Bf16Pass : public ::testing::Test {
 protected:
  void SetUp() override {
    if (tensor::bf16_units() == tensor::Bf16Units::not_built)
      GTEST_SKIP() << "built without oneDNN";
    if (tensor::bf16_units() == tensor::Bf16Units::none) {
      GTEST_SKIP() << "the processor does not compute in bf16";
    }
  }

  static std::unique_ptr<Pass> make(const Vgg& vgg, const std::vector<std::string>& layers) {
    return make_pass(vgg, layers, at::kFloat, "bf16");
  }
};

/// What bf16 can hold of it, and the gradient passed on as if it held all.
at::Tensor rounded(const at::Tensor& t) {
  return t + (t.to(at::kBFloat16).to(at::kDouble) - t).detach();
}

/// The same network step by step in double, rounded where the bf16 pass rounds on its way there.
Features forward_rounded(const at::Tensor& rgb, Pooling pooling, Padding padding,
                         const std::vector<std::string>& layers) {
  const auto weights = small_weights();
  const auto row = [](const std::vector<double>& values) {
    return at::tensor(values, at::kDouble).view({1, -1, 1, 1});
  };
  at::Tensor h = (rgb.flip(1) * small_convention.scale - row(small_convention.mean)) /
                 row(small_convention.std);
  if (padding == Padding::replicate) h = at::replication_pad2d(h, {1, 1, 1, 1});
  Features features;
  for (const auto& [name, weight] : weights) {
    if (name.find(".weight") == std::string::npos) continue;
    const std::string place = name.substr(4, 3);
    const bool first = place == "1_1";
    if (!first && place[2] == '1') {
      h = pooling == Pooling::max ? at::max_pool2d(h, {2, 2}) : at::avg_pool2d(h, {2, 2});
      h = rounded(h);
    }
    const at::Tensor filters = weight.to(at::kDouble);
    h = at::conv2d(h, first ? filters : rounded(filters),
                   weights.at("conv" + place + ".bias").to(at::kDouble), 1,
                   first && padding == Padding::replicate ? 0 : 1);
    h = rounded(h.relu());
    const std::string layer = "relu" + place;
    if (std::find(layers.begin(), layers.end(), layer) != layers.end()) features[layer] = h;
  }
  return features;
}

at::Tensor slope_rounded(const at::Tensor& rgb, const Features& features,
                         const Features& gradients) {
  std::vector<at::Tensor> outputs, grads;
  for (const auto& [layer, gradient] : gradients) {
    outputs.push_back(features.at(layer));
    grads.push_back(gradient);
  }
  return torch::autograd::grad(outputs, {rgb}, grads)[0];
}

// The gradient is held against that of the rounded network. Against the exact one a gradient of
// noise is off by a fifth at worst: activations near zero and near ties fall to the other side, and
// what they pass then is wholly other. Rounding the gradient itself costs less than a hundredth.
TEST_F(Bf16Pass, AgreesWithTheExactOne) {
  double worst_feature = 0, worst_slope = 0, worst_exact_slope = 0;
  for (const auto pooling : {Pooling::max, Pooling::average}) {
    for (const auto padding : {Padding::zero, Padding::replicate}) {
      const Vgg vgg = small_vgg(pooling, padding);
      for (const auto& [height, width] : {std::pair{4, 4}, {5, 4}, {12, 12}, {13, 31}, {50, 9}}) {
        for (const auto& layers : choices_of_layers) {
          SCOPED_TRACE(fmt::format("{} x {}, {}", height, width, fmt::join(layers, " ")));
          const at::Tensor rgb = picture(height, width).requires_grad_(true);
          const auto exact = make_autograd_pass(vgg, layers);
          const auto fast = make(vgg, layers);
          const Features want = exact->forward(rgb.detach(), WayBack::follows);
          const Features near = forward_rounded(rgb, pooling, padding, layers);
          const Features have = fast->forward(rgb.detach().to(at::kFloat), WayBack::follows);
          ASSERT_EQ(have.size(), want.size());
          for (const auto& [layer, values] : want) {
            ASSERT_EQ(have.at(layer).sizes(), values.sizes()) << layer;
            const double error = relative_error(have.at(layer), values);
            EXPECT_LT(error, 2e-2) << layer;
            worst_feature = std::max(worst_feature, error);
          }
          const Features gradients = gradients_for(want);
          Features floats;
          for (const auto& [layer, values] : gradients) floats[layer] = values.to(at::kFloat);
          const at::Tensor slope = fast->backward(floats);
          const double error = relative_error(slope, slope_rounded(rgb, near, gradients));
          const double exact_error = relative_error(slope, exact->backward(gradients));
          EXPECT_LT(error, 2e-2);
          EXPECT_LT(exact_error, 3e-1);
          worst_slope = std::max(worst_slope, error);
          worst_exact_slope = std::max(worst_exact_slope, exact_error);
        }
      }
    }
  }
  RecordProperty("worst_feature", fmt::format("{:.2e}", worst_feature));
  RecordProperty("worst_slope", fmt::format("{:.2e}", worst_slope));
  RecordProperty("worst_exact_slope", fmt::format("{:.2e}", worst_exact_slope));
}

TEST_F(Bf16Pass, TakesGradientsInPlaceAndNone) {
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
  EXPECT_LT(relative_error(one, slope), 5e-2);
}

TEST_F(Bf16Pass, FeaturesDoNotDependOnTheWayBack) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const auto pass = make(vgg, {"relu3_1"});
  const at::Tensor rgb = picture(17, 23).to(at::kFloat);
  const at::Tensor without = pass->forward(rgb, WayBack::none).at("relu3_1").clone();
  EXPECT_TRUE(at::equal(pass->forward(rgb, WayBack::follows).at("relu3_1"), without));
}

TEST_F(Bf16Pass, ServesPicturesOfChangingSizes) {
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

TEST_F(Bf16Pass, GivesTheSameBytesForEveryNumberOfThreads) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  const std::vector<std::string> layers{"relu1_1", "relu2_1", "relu3_1"};
  const at::Tensor rgb = picture(70, 90).to(at::kFloat);
  at::Tensor first;
  for (const int threads : {1, 2, 5}) {
    tensor::set_worker_count(threads);
    const auto pass = make(vgg, layers);
    const Features gradients = gradients_for(pass->forward(rgb, WayBack::follows));
    for (const char* time : {"first", "second"}) {
      if (time[0] == 's') static_cast<void>(pass->forward(rgb, WayBack::follows));
      const at::Tensor slope = pass->backward(gradients).clone();
      if (!first.defined()) first = slope;
      EXPECT_TRUE(at::equal(slope, first)) << threads << " threads, " << time << " time";
    }
  }
  tensor::set_worker_count(1);
}

TEST(Bf16Engine, IsRefusedWithASentenceWhereItDoesNotCompute) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kDouble, "bf16")), Error);
  const auto units = tensor::bf16_units();
  if (units == tensor::Bf16Units::not_built || units == tensor::Bf16Units::none) {
    try {
      static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kFloat, "bf16"));
      FAIL() << "no refusal";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::missing_capability);
    }
  }
  const std::string description = make_pass(vgg, {"relu1_1"}, at::kFloat)->description();
  EXPECT_EQ(description.find("bf16") != std::string::npos, units == tensor::Bf16Units::amx)
      << description;
}

}  // namespace
}  // namespace atelier::nets
