// SPDX-License-Identifier: Apache-2.0
// Every loss and its gradient through the real VGG-19 against PyTorch's record of them
// (bench/peers/make_reference.py).
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "../style_pictures.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/score.hpp"
#include "nets/image_tensor.hpp"
#include "nets/safetensors.hpp"
#include "style/objective.hpp"

namespace atelier::style {
namespace {

class WeightsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto& model = nets::find_model("vgg19");
    if (!nets::model_state(model, models_dir()).verified) {
      GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
    }
    reference_ = nets::read_safetensors(std::filesystem::path(ATELIER_SOURCE_DIR) /
                                        "tests/nets/data/vgg19_reference.safetensors");
  }

  [[nodiscard]] at::Tensor recorded(const std::string& name) const {
    return reference_.tensors.at(name).to(at::kDouble);
  }

  nets::Safetensors reference_;
};

/// Only one term has a weight, so that total and gradient are its own.
StylizeOptions only(const std::string& term) {
  StylizeOptions options;
  options.content_weight = term == "content" ? 1 : 0;
  options.style_weight = term == "gram" || term == "wasserstein" ? 1 : 0;
  options.tv_weight = term == "tv" ? 1 : 0;
  options.loss = term == "gram" ? "gram" : "wasserstein";
  return options;
}

TEST_F(WeightsTest, LossesAndGradientsArePyTorchs) {
  const auto net = nets::FeatureNet::load("vgg19");
  for (const auto type : {at::kFloat, at::kDouble}) {
    const auto tensor = [&](const image::Image& picture) {
      return nets::to_tensor(picture).to(type);
    };
    for (const char* term : {"content", "gram", "wasserstein", "tv"}) {
      SCOPED_TRACE(term);
      const Objective objective(net.vgg(), only(term), tensor(atelier::testing::content_picture()),
                                {tensor(atelier::testing::style_picture())});
      const auto ours = objective.evaluate(tensor(atelier::testing::result_picture()), true);
      const double value = recorded(std::string("terms.") + term).item<double>();
      EXPECT_NEAR(ours.losses.total / value, 1, 1e-4);
      const at::Tensor gradient = recorded(std::string("gradient.") + term);
      const double error =
          ((ours.gradient.to(at::kDouble) - gradient).norm() / gradient.norm()).item<double>();
      EXPECT_LE(error, 1e-4);
    }
  }
}

TEST_F(WeightsTest, ScoreIsPyTorchs) {
  const Score ours = score(nets::FeatureNet::load("vgg19"), atelier::testing::content_picture(),
                           atelier::testing::style_picture(), atelier::testing::result_picture());
  EXPECT_NEAR(ours.content / recorded("terms.content").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.gram / recorded("terms.gram").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.wasserstein / recorded("terms.wasserstein_exact").item<double>(), 1, 1e-4);
  EXPECT_NEAR(ours.tv / recorded("terms.tv").item<double>(), 1, 1e-4);
}

TEST_F(WeightsTest, ThePaintingHasItsOwnStyleAndThePhotographItsOwnContent) {
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image content = atelier::testing::content_picture(),
                     style = atelier::testing::style_picture();
  const Score painting = score(net, content, style, style),
              photograph = score(net, content, style, content);
  EXPECT_EQ(photograph.content, 0);
  EXPECT_NEAR(painting.gram, 0, 1e-10);
  EXPECT_NEAR(painting.wasserstein, 0, 1e-6);
  EXPECT_GT(photograph.gram, 0.01);
  EXPECT_GT(painting.content, 0.01);
}

}  // namespace
}  // namespace atelier::style
