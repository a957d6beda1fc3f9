// SPDX-License-Identifier: Apache-2.0
// What the whole measure says of pictures whose answer is known, through the real VGG-19.
#include <gtest/gtest.h>

#include <algorithm>

#include "../style_pictures.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/compatibility.hpp"

namespace atelier::style {
namespace {

class CompatibilityWeightsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto& model = nets::find_model("vgg19");
    if (!nets::model_state(model, models_dir()).verified) {
      GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
    }
  }
};

image::Image mixed(const image::Image& a, const image::Image& b, float share) {
  image::Image result = a;
  for (std::size_t i = 0; i < a.rgb.size(); ++i)
    result.rgb[i] = (1 - share) * a.rgb[i] + share * b.rgb[i];
  return result;
}

double figure(const Compatibility& of, std::string_view name) {
  const auto found = std::find_if(of.figures.begin(), of.figures.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == of.figures.end() ? -1 : found->second;
}

TEST_F(CompatibilityWeightsTest, ThePhotographItselfSuitsBestAndOthersTheLessTheFurtherTheyAre) {
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image photograph = testing::content_picture({128, 96}),
                     painting = testing::style_picture({128, 96});
  Matcher matcher(net, photograph);
  const Compatibility itself = matcher(photograph);
  EXPECT_GT(itself.score.value, 99.9);
  for (const char* name : {"style", "balance", "gram", "palette", "movement_relu4_2"}) {
    EXPECT_NEAR(figure(itself, name), 0, 1e-6) << name;
  }
  EXPECT_EQ(itself.grain.octaves, 0);
  EXPECT_EQ(itself.style_scale, 1);
  double total = itself.total.value, palette = 0, structure = 0;
  for (const float share : {0.25F, 0.5F, 1.0F}) {
    const Compatibility of = matcher(mixed(photograph, painting, share));
    EXPECT_GT(of.total.value, total) << share;
    EXPECT_GT(of.palette.distance, palette) << share;
    EXPECT_GT(figure(of, "movement_relu4_2"), structure) << share;
    EXPECT_LT(of.score.low, of.score.value + 1e-9);
    EXPECT_LT(of.total.low, of.total.value);
    total = of.total.value;
    palette = of.palette.distance;
    structure = figure(of, "movement_relu4_2");
  }
}

TEST_F(CompatibilityWeightsTest, AnswersDoNotDependOnWhatWasAskedBefore) {
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image one = testing::style_picture({96, 64}),
                     other = testing::result_picture({64, 96});
  Matcher matcher(net, testing::content_picture({96, 80}));
  const auto first = matcher(one).figures;
  (void)matcher(other);
  EXPECT_EQ(matcher(one).figures, first);
}

TEST_F(CompatibilityWeightsTest, APictureThatIsTooSmallIsRefused) {
  const auto net = nets::FeatureNet::load("vgg19");
  EXPECT_THROW(Matcher(net, testing::content_picture({64, 12})), Error);
}

}  // namespace
}  // namespace atelier::style
