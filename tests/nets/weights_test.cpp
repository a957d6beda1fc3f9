// SPDX-License-Identifier: Apache-2.0
// The real VGG-19 against PyTorch's record of it (bench/peers/make_reference.py).
#include <ATen/ATen.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "../style_pictures.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "nets/image_tensor.hpp"
#include "nets/safetensors.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets {
namespace {

TEST(Weights, Vgg19SeesWhatPyTorchSees) {
  if (!model_state(find_model("vgg19"), models_dir()).verified) {
    GTEST_SKIP() << "the weights are not there; bring them with: "
                 << fetch_command(find_model("vgg19"));
  }
  const FeatureNet net = FeatureNet::load("vgg19");
  Safetensors reference = read_safetensors(std::filesystem::path(ATELIER_TEST_DIR) /
                                           "data/vgg19_reference.safetensors");
  const std::vector<std::string> layers{"relu1_1", "relu2_1", "relu3_1",
                                        "relu4_1", "relu4_2", "relu5_1"};
  const at::Tensor rgb = to_tensor(testing::result_picture());
  for (const auto type : {at::kFloat, at::kDouble}) {
    const Features features = net.vgg().forward(rgb.to(type), layers);
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

}  // namespace
}  // namespace atelier::nets
