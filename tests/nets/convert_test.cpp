// SPDX-License-Identifier: Apache-2.0
#include "nets/convert.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "nets/input_convention.hpp"
#include "vgg_weights.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;

std::string refusal(const char* architecture, const TensorMap& state) {
  try {
    static_cast<void>(to_convolutions(architecture, state));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

TEST(Convert, TakesTorchvisionsNumbers) {
  for (const auto& [architecture, convolutions] :
       {std::pair{"vgg16", vgg16_convolutions()}, {"vgg19", vgg19_convolutions()}}) {
    const TensorMap ours = to_convolutions(architecture, torchvision_state(convolutions));
    EXPECT_EQ(ours.size(), 2 * convolutions.size());
    for (const VggConvolution& c : convolutions) {
      const at::Tensor& weight = ours.at("conv" + c.place + ".weight");
      EXPECT_EQ(weight.sizes().vec(), (std::vector<std::int64_t>{c.out, c.in, 3, 3}));
      EXPECT_EQ(weight[0][0][0][0].item<float>(), static_cast<float>(c.number)) << c.place;
      EXPECT_EQ(ours.at("conv" + c.place + ".bias")[0].item<float>(),
                static_cast<float>(c.number) + 0.5f);
    }
  }
}

TEST(Convert, TakesOurOwnNamesAndHalfPrecision) {
  TensorMap state;
  for (const auto& [name, tensor] :
       to_convolutions("vgg16", torchvision_state(vgg16_convolutions()))) {
    state[name] = tensor.to(at::kHalf);
  }
  const TensorMap ours = to_convolutions("vgg16", state);
  EXPECT_EQ(ours.at("conv5_3.weight").scalar_type(), at::kFloat);
  EXPECT_EQ(ours.at("conv5_3.bias")[0].item<float>(), 28.5f);
}

TEST(Convert, LooksQuantisedWeightsUp) {
  TensorMap state;
  for (const VggConvolution& c : vgg19_convolutions()) {
    const std::string name = "block" + c.place.substr(0, 1) + "_conv" + c.place.substr(2);
    at::Tensor indices = at::zeros({c.out, c.in, 3, 3}, at::kByte);
    indices.flatten()[1] = 255;
    state[name + "_W_q"] = indices;
    state[name + "_W_table"] = at::arange(256, at::kFloat) + c.number;
    state[name + "_b"] = at::full({c.out}, 0.25f);
  }
  const TensorMap ours = to_convolutions("vgg19", state);
  EXPECT_EQ(ours.at("conv4_2.weight").flatten()[0].item<float>(), 21.0f);
  EXPECT_EQ(ours.at("conv4_2.weight").flatten()[1].item<float>(), 276.0f);
  EXPECT_EQ(ours.at("conv4_2.bias")[511].item<float>(), 0.25f);
  state["block1_conv1_W_table"] = at::zeros({255});
  EXPECT_THAT(refusal("vgg19", state), HasSubstr("table of 256"));
}

TEST(Convert, RefusesOtherNetworks) {
  const TensorMap vgg16 = torchvision_state(vgg16_convolutions());
  const TensorMap vgg19 = torchvision_state(vgg19_convolutions());
  EXPECT_THAT(refusal("vgg19", vgg16), HasSubstr("features.16.weight"));
  EXPECT_THAT(refusal("vgg16", vgg19), HasSubstr("features.17.weight"));
  EXPECT_THAT(refusal("vgg16", {}), HasSubstr("neither"));
  TensorMap state = vgg16;
  state["features.1.running_mean"] = at::zeros({64});
  EXPECT_THAT(refusal("vgg16", state), HasSubstr("batch normalisation"));
  state = vgg16;
  state["features.5.weight"] = at::zeros({128, 64, 1, 1});
  EXPECT_THAT(refusal("vgg16", state), HasSubstr("128 x 64 x 3 x 3"));
  state = vgg16;
  state["features.5.bias"] = at::zeros({128}, at::kLong);
  EXPECT_THAT(refusal("vgg16", state), HasSubstr("conv2_1.bias must hold floats"));
}

TEST(Convert, ReadsInputConventions) {
  const InputConvention c =
      parse_convention(R"({"bgr":true,"scale":255,"mean":[1,2,3],"std":[1,1,0.5]})");
  EXPECT_TRUE(c.bgr);
  EXPECT_EQ(c.scale, 255);
  EXPECT_EQ(c.mean, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(c.std, (std::vector<double>{1, 1, 0.5}));
  for (const char* bad : {"", "{}", "[]", R"({"bgr":1,"scale":255,"mean":[1,2,3],"std":[1,1,1]})",
                          R"({"bgr":true,"scale":1,"mean":[1,2],"std":[1,1,1]})",
                          R"({"bgr":true,"scale":1,"mean":[1,2,3],"std":[1,0,1]})",
                          R"({"bgr":true,"scale":1,"mean":[1,2,"x"],"std":[1,1,1]})"}) {
    EXPECT_THROW(static_cast<void>(parse_convention(bad)), Error) << bad;
  }
}

}  // namespace
}  // namespace atelier::nets
