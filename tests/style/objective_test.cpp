// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

StylizeOptions small_options(const std::string& loss) {
  StylizeOptions options;
  options.loss = loss;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  return options;
}

TEST(Objective, TotalIsTheWeightedSum) {
  StylizeOptions options = small_options("gram");
  options.content_weight = 0.7;
  options.style_weight = 1.3;
  options.tv_weight = 2.5;
  const auto net = small_net();
  const at::Tensor x = nets::to_tensor(waves(20, 16, 3));
  const Objective objective(net.vgg(), options, nets::to_tensor(waves(20, 16, 1)),
                            {nets::to_tensor(waves(24, 18, 2))});
  const Losses losses = objective.evaluate(x, false).losses;
  EXPECT_GT(losses.content, 0);
  EXPECT_GT(losses.style, 0);
  EXPECT_NEAR(losses.total, 0.7 * losses.content + 1.3 * losses.style + 2.5 * losses.tv, 1e-6);
}

TEST(Objective, TermsVanishAtTheirOwnPicture) {
  const auto net = small_net();
  const at::Tensor content = nets::to_tensor(waves(20, 16, 1)),
                   style = nets::to_tensor(waves(20, 16, 2));
  const Objective objective(net.vgg(), small_options("gram"), content, {style});
  EXPECT_EQ(objective.evaluate(content, false).losses.content, 0);
  EXPECT_NEAR(objective.evaluate(style, false).losses.style, 0, 1e-12);
}

TEST(Objective, BlendCountsStylesByWeight) {
  const auto net = small_net();
  const at::Tensor content = nets::to_tensor(waves(20, 16, 1));
  const std::vector<at::Tensor> styles{nets::to_tensor(waves(20, 16, 2)),
                                       nets::to_tensor(waves(20, 16, 4))};
  StylizeOptions options = small_options("gram");
  const auto style_term = [&](std::vector<double> blend, std::vector<at::Tensor> pictures) {
    options.blend = std::move(blend);
    return Objective(net.vgg(), options, content, pictures).evaluate(content, false).losses.style;
  };
  const double first = style_term({}, {styles[0]}), second = style_term({}, {styles[1]});
  EXPECT_NEAR(style_term({3, 1}, styles), 0.75 * first + 0.25 * second, 1e-6);
  EXPECT_NEAR(style_term({}, styles), 0.5 * first + 0.5 * second, 1e-6);
  EXPECT_NEAR(style_term({0, 2}, styles), second, 1e-7);
}

TEST(Objective, GradientPassesCentralDifferencesThroughTheNetwork) {
  for (const auto padding : {nets::Padding::zero, nets::Padding::replicate}) {
    for (const auto pooling : {nets::Pooling::max, nets::Pooling::average}) {
      for (const char* loss : {"gram", "wasserstein"}) {
        SCOPED_TRACE(loss);
        const auto net = small_net({pooling, padding});
        const auto in_double = [](int seed) {
          return nets::to_tensor(waves(7, 6, seed)).to(at::kDouble);
        };
        const Objective objective(net.vgg(), small_options(loss), in_double(1), {in_double(2)});
        const at::Tensor x = in_double(3);
        const auto value = [&](const at::Tensor& at) {
          return objective.evaluate(at, false).losses.total;
        };
        EXPECT_LT(gradient_error(value, x, objective.evaluate(x, true).gradient), 1e-5);
      }
    }
  }
}

}  // namespace
}  // namespace atelier::style
