// SPDX-License-Identifier: Apache-2.0
#include "nets/vgg.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::nets {
namespace {

using ::testing::HasSubstr;

at::Tensor random_tensor(at::IntArrayRef shape, std::uint64_t seed, double deviation = 1.0) {
  RandomStream random(seed, "vgg");
  at::Tensor t = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i)
    t.data_ptr<double>()[i] = deviation * random.normal();
  return t;
}

using Weights = std::map<std::string, at::Tensor>;

/// Two blocks of one and two convolutions with few channels.
Weights small_weights() {
  Weights weights;
  std::uint64_t seed = 1;
  std::int64_t in = 3;
  for (const auto& [name, out] : {std::pair{"conv1_1", 4}, {"conv2_1", 5}, {"conv2_2", 3}}) {
    weights[std::string(name) + ".weight"] =
        random_tensor({out, in, 3, 3}, seed++, 0.3).to(at::kFloat);
    weights[std::string(name) + ".bias"] = random_tensor({out}, seed++, 0.3).to(at::kFloat);
    in = out;
  }
  return weights;
}

const std::vector<std::string> all_layers{"relu1_1", "relu2_1", "relu2_2"};

InputConvention caffe() {
  return {true, 255, {103.939, 116.779, 123.68}, {70, 80, 90}};
}

/// The same network as a plain loop in double.
at::Tensor loop_convolution(const at::Tensor& in, const at::Tensor& weight, const at::Tensor& bias,
                            bool replicate) {
  const auto height = in.size(2), width = in.size(3);
  at::Tensor out = at::empty({1, weight.size(0), height, width}, at::kDouble);
  const auto x = in.contiguous();
  const auto w = weight.to(at::kDouble).contiguous();
  const auto b = bias.to(at::kDouble).contiguous();
  const auto xa = x.accessor<double, 4>();
  const auto wa = w.accessor<double, 4>();
  const auto ba = b.accessor<double, 1>();
  auto oa = out.accessor<double, 4>();
  for (std::int64_t o = 0; o < weight.size(0); ++o)
    for (std::int64_t y = 0; y < height; ++y)
      for (std::int64_t c = 0; c < width; ++c) {
        double sum = ba[o];
        for (std::int64_t i = 0; i < weight.size(1); ++i)
          for (std::int64_t dy = 0; dy < 3; ++dy)
            for (std::int64_t dx = 0; dx < 3; ++dx) {
              std::int64_t sy = y + dy - 1, sx = c + dx - 1;
              const bool inside = sy >= 0 && sy < height && sx >= 0 && sx < width;
              if (!inside && !replicate) continue;
              sy = std::clamp<std::int64_t>(sy, 0, height - 1);
              sx = std::clamp<std::int64_t>(sx, 0, width - 1);
              sum += wa[o][i][dy][dx] * xa[0][i][sy][sx];
            }
        oa[0][o][y][c] = std::max(sum, 0.0);
      }
  return out;
}

at::Tensor loop_pooling(const at::Tensor& in, Pooling pooling) {
  const auto x = in.contiguous();
  const auto xa = x.accessor<double, 4>();
  at::Tensor out = at::empty({1, in.size(1), in.size(2) / 2, in.size(3) / 2}, at::kDouble);
  auto oa = out.accessor<double, 4>();
  for (std::int64_t c = 0; c < out.size(1); ++c)
    for (std::int64_t y = 0; y < out.size(2); ++y)
      for (std::int64_t i = 0; i < out.size(3); ++i) {
        const double a = xa[0][c][2 * y][2 * i], b = xa[0][c][2 * y][2 * i + 1];
        const double d = xa[0][c][2 * y + 1][2 * i], e = xa[0][c][2 * y + 1][2 * i + 1];
        oa[0][c][y][i] = pooling == Pooling::max ? std::max({a, b, d, e}) : (a + b + d + e) / 4;
      }
  return out;
}

Features loop_forward(const at::Tensor& rgb, const Weights& w, const InputConvention& convention,
                      const FeatureNetOptions& options) {
  at::Tensor h = at::empty_like(rgb);
  for (std::int64_t c = 0; c < 3; ++c) {
    const auto i = static_cast<std::size_t>(c);
    h.select(1, c).copy_(
        (rgb.select(1, convention.bgr ? 2 - c : c) * convention.scale - convention.mean[i]) /
        convention.std[i]);
  }
  Features f;
  f["relu1_1"] = loop_convolution(h, w.at("conv1_1.weight"), w.at("conv1_1.bias"),
                                  options.padding == Padding::replicate);
  f["relu2_1"] = loop_convolution(loop_pooling(f["relu1_1"], options.pooling),
                                  w.at("conv2_1.weight"), w.at("conv2_1.bias"), false);
  f["relu2_2"] =
      loop_convolution(f["relu2_1"], w.at("conv2_2.weight"), w.at("conv2_2.bias"), false);
  return f;
}

at::Tensor picture(std::int64_t height, std::int64_t width, std::uint64_t seed = 9) {
  RandomStream random(seed, "picture");
  at::Tensor t = at::empty({1, 3, height, width}, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i) t.data_ptr<double>()[i] = random.uniform();
  return t;
}

TEST(Vgg, EqualsAPlainLoopInEveryVariant) {
  const Weights weights = small_weights();
  const InputConvention plain;
  for (const auto& convention : {plain, caffe()}) {
    for (const auto pooling : {Pooling::max, Pooling::average}) {
      for (const auto padding : {Padding::zero, Padding::replicate}) {
        for (const auto& [height, width] : {std::pair{8, 6}, {7, 9}, {2, 2}, {3, 5}}) {
          const FeatureNetOptions options{pooling, padding};
          const Vgg vgg("small", "", weights, convention, options);
          const at::Tensor rgb = picture(height, width);
          const Features want = loop_forward(rgb, weights, convention, options);
          const Features doubles = vgg.forward(rgb, all_layers);
          const Features floats = vgg.forward(rgb.to(at::kFloat), all_layers);
          for (const std::string& layer : all_layers) {
            ASSERT_EQ(doubles.at(layer).sizes(), want.at(layer).sizes()) << layer;
            const double norm = want.at(layer).norm().item<double>() + 1e-12;
            EXPECT_LT((doubles.at(layer) - want.at(layer)).norm().item<double>(), 1e-12 * norm);
            EXPECT_LT((floats.at(layer) - want.at(layer)).norm().item<double>(), 1e-5 * norm);
          }
        }
      }
    }
  }
}

TEST(Vgg, GradientIsThatOfCentralDifferences) {
  const at::Tensor mix = random_tensor({3 * 3 * 4}, 20);
  for (const auto pooling : {Pooling::max, Pooling::average}) {
    for (const auto padding : {Padding::zero, Padding::replicate}) {
      const Vgg vgg("small", "", small_weights(), InputConvention{}, {pooling, padding});
      const auto loss = [&](const at::Tensor& rgb) {
        const Features f = vgg.forward(rgb, {"relu1_1", "relu2_2"});
        return (f.at("relu2_2").flatten() * mix).sum() + f.at("relu1_1").square().mean();
      };
      at::Tensor rgb = picture(6, 8).requires_grad_();
      const at::Tensor value = loss(rgb);
      const at::Tensor gradient = torch::autograd::grad({value}, {rgb})[0];
      const double h = 1e-6;
      for (std::int64_t i = 0; i < rgb.numel(); i += 5) {
        at::Tensor up = rgb.detach().clone(), down = up.clone();
        up.data_ptr<double>()[i] += h;
        down.data_ptr<double>()[i] -= h;
        const double slope = (loss(up).item<double>() - loss(down).item<double>()) / (2 * h);
        EXPECT_NEAR(gradient.flatten()[i].item<double>(), slope, 1e-7);
      }
    }
  }
}

TEST(Vgg, ComputesGradientsOnlyWhenAsked) {
  const Vgg vgg("small", "", small_weights(), InputConvention{}, {});
  EXPECT_FALSE(vgg.forward(picture(4, 4), {"relu2_1"}).at("relu2_1").requires_grad());
  EXPECT_TRUE(
      vgg.forward(picture(4, 4).requires_grad_(), {"relu2_1"}).at("relu2_1").requires_grad());
}

TEST(Vgg, StopsAtTheDeepestLayerAskedFor) {
  const Vgg vgg("small", "", small_weights(), InputConvention{}, {});
  const Features f = vgg.forward(picture(1, 1), {"relu1_1"});  // too small for the pooling after it
  EXPECT_EQ(f.size(), 1u);
  EXPECT_TRUE(vgg.forward(picture(1, 1), {}).empty());
  EXPECT_EQ(vgg.layers(), all_layers);
}

TEST(Vgg, ReplicatePaddingKeepsAConstantPictureConstant) {
  const at::Tensor constant = at::full({1, 3, 5, 7}, 0.25, at::kDouble);
  for (const auto padding : {Padding::zero, Padding::replicate}) {
    const Vgg vgg("small", "", small_weights(), caffe(), {Pooling::max, padding});
    const at::Tensor f = vgg.forward(constant, {"relu1_1"}).at("relu1_1");
    const at::Tensor spread = f.amax({2, 3}) - f.amin({2, 3});
    EXPECT_EQ(spread.max().item<double>() < 1e-12, padding == Padding::replicate);
  }
}

std::string refusal(const Weights& weights) {
  try {
    const Vgg vgg("small", "", weights, InputConvention{}, {});
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

TEST(Vgg, RefusesWeightsThatDoNotFit) {
  EXPECT_THAT(refusal({}), HasSubstr("conv1_1"));
  Weights weights = small_weights();
  weights.erase("conv1_1.weight");
  EXPECT_THAT(refusal(weights), HasSubstr("jump to conv2_1"));
  weights = small_weights();
  weights["conv2_3.weight"] = weights["conv2_2.weight"];
  EXPECT_THAT(refusal(weights), HasSubstr("conv2_3.weight must be float32 O x 3 x 3 x 3"));
  weights = small_weights();
  weights.erase("conv2_1.bias");
  EXPECT_THAT(refusal(weights), HasSubstr("conv2_1.bias"));
  weights = small_weights();
  weights["conv1_1.weight"] = weights["conv1_1.weight"].to(at::kDouble);
  EXPECT_THAT(refusal(weights), HasSubstr("float32"));
}

TEST(Vgg, RefusesLayersAndPicturesThatDoNotFit) {
  const Vgg vgg("small", "", small_weights(), InputConvention{}, {});
  const auto refusal_of = [&](const at::Tensor& rgb, const std::string& layer) -> std::string {
    try {
      static_cast<void>(vgg.forward(rgb, {layer}));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal_of(picture(4, 4), "relu9_1"), HasSubstr("relu1_1, relu2_1, relu2_2"));
  EXPECT_THAT(refusal_of(picture(1, 4), "relu2_1"), HasSubstr("4 x 1 px is too small"));
  EXPECT_THAT(refusal_of(picture(4, 4)[0], "relu1_1"), HasSubstr("N x 3 x H x W"));
  EXPECT_THAT(refusal_of(picture(4, 4).to(at::kLong), "relu1_1"), HasSubstr("floats"));
}

}  // namespace
}  // namespace atelier::nets
