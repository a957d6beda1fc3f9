// SPDX-License-Identifier: Apache-2.0
// The real VGG-19 against PyTorch's record of it (bench/peers/make_reference.py).
#include <ATen/ATen.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../style_pictures.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "nets/safetensors.hpp"
#include "nets/vgg.hpp"
#include "tensor/kernels/bf16_convolution.hpp"

namespace atelier::nets {
namespace {

struct Reference {
  const char* model;
  const char* file;
  const char* made_by;
};

/// What a program that shares no code with ours recorded of the same weights.
class Weights : public ::testing::TestWithParam<Reference> {};

TEST_P(Weights, SeeWhatTheReferenceSees) {
  const ModelInfo& model = find_model(GetParam().model);
  if (!model_state(model, models_dir()).verified) {
    GTEST_SKIP() << "the weights are not there; bring them with: " << fetch_command(model);
  }
  const FeatureNet net = FeatureNet::load(model.name, {.strides = Strides::trained});
  Safetensors reference =
      read_safetensors(std::filesystem::path(ATELIER_TEST_DIR) / "data" / GetParam().file);
  EXPECT_EQ(reference.metadata.at("made_by"), GetParam().made_by);
  std::vector<std::string> layers;
  for (const auto& [name, tensor] : reference.tensors) {
    if (name.starts_with("norm.")) layers.push_back(name.substr(5));
  }
  EXPECT_GE(layers.size(), 6U);
  const at::Tensor rgb = to_tensor(testing::result_picture());
  for (const auto type : {at::kFloat, at::kDouble}) {
    const Features features = net.network().forward(rgb.to(type), layers);
    for (const std::string& layer : layers) {
      const at::Tensor ours = features.at(layer).contiguous().flatten().to(at::kDouble);
      const double norm = reference.tensors.at("norm." + layer).item<double>();
      EXPECT_NEAR(ours.norm().item<double>() / norm, 1.0, 1e-5) << layer;
      const at::Tensor theirs = reference.tensors.at("features." + layer).to(at::kDouble);
      const at::Tensor samples =
          ours.slice(0, 0, ours.numel(), std::stoll(reference.metadata.at("step." + layer)));
      ASSERT_EQ(samples.numel(), theirs.numel()) << layer;
      const double error = ((samples - theirs).norm() / theirs.norm()).item<double>();
      EXPECT_LE(error, 1e-5) << layer;
      RecordProperty(layer + (type == at::kFloat ? "_float32" : "_float64"),
                     fmt::format("{:.2e}", error));
    }
  }
}

constexpr const char* by_numpy = "bench/peers/make_backbone_reference.py";
INSTANTIATE_TEST_SUITE_P(
    Backbones, Weights,
    ::testing::Values(
        Reference{"vgg19", "vgg19_reference.safetensors", "bench/peers/make_reference.py"},
        Reference{"resnet50", "resnet50_reference.safetensors", by_numpy},
        Reference{"inception-v3", "inception-v3_reference.safetensors", by_numpy},
        Reference{"efficientnet-lite0", "efficientnet-lite0_reference.safetensors", by_numpy}),
    [](const auto& reference) {
      std::string name = reference.param.model;
      std::erase(name, '-');
      return name;
    });

// Of a wave of 256 x 256 px, layer by layer, within 0.6 % (AVX512_BF16). The gradient of all
// layers' energies, 14 % off: where a smooth wave has near ties, the maximum moves to a neighbour.
// On photographs gradients of content and Gram losses are 5 or 6 % off, 3 or 4 with average
// pooling.
TEST(Bf16Weights, Vgg19SeesTheSame) {
  if (!model_state(find_model("vgg19"), models_dir()).verified) {
    GTEST_SKIP() << "the weights are not there; bring them with: "
                 << fetch_command(find_model("vgg19"));
  }
  const auto units = tensor::bf16_units();
  if (units == tensor::Bf16Units::not_built || units == tensor::Bf16Units::none) {
    GTEST_SKIP() << "this build or processor does not compute in bf16";
  }
  const FeatureNet net = FeatureNet::load("vgg19");
  const at::Tensor rgb =
      at::upsample_bilinear2d(to_tensor(testing::result_picture()), {256, 256}, false);
  const std::vector<std::string>& all = net.network().layers();
  const auto end = std::find(all.begin(), all.end(), "relu5_1") + 1;
  const std::vector<std::string> layers(all.begin(), end);
  const auto exact = make_pass(net.network(), layers, at::kFloat, "winograd");
  const auto fast = make_pass(net.network(), layers, at::kFloat, "bf16");
  const Features want = exact->forward(rgb, WayBack::follows);
  const Features have = fast->forward(rgb, WayBack::follows);
  const auto error = [](const at::Tensor& ours, const at::Tensor& theirs) {
    return ((ours - theirs).norm() / theirs.norm()).item<double>();
  };
  for (const std::string& layer : layers) {
    const double off = error(have.at(layer), want.at(layer));
    EXPECT_LT(off, 2e-2) << layer;
    RecordProperty(layer, fmt::format("{:.2e}", off));
  }
  Features gradients;
  for (const auto& [layer, values] : want) gradients[layer] = values / values.square().sum();
  const at::Tensor slope = exact->backward(gradients);
  const double off = error(fast->backward(gradients), slope);
  EXPECT_LT(off, 2e-1);
  RecordProperty("slope", fmt::format("{:.2e}", off));
}

}  // namespace
}  // namespace atelier::nets
