// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "atelier/tensor/compute.hpp"
#include "nets/image_tensor.hpp"
#include "small_net.hpp"
#include "tensor/parallel.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

StylizeOptions small_options(const std::string& loss) {
  StylizeOptions options;
  options.loss = loss;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1", "relu3_1"};
  return options;
}

at::Tensor picture(int width, int height, int seed, at::ScalarType type = at::kFloat) {
  return nets::to_tensor(waves(width, height, seed)).to(type);
}

/// Every other term that an objective may have.
StylizeOptions further_terms() {
  StylizeOptions options = small_options("wasserstein");
  options.content_loss = "self-similarity";
  options.histogram_weight = 0.3;
  options.palette_weight = 0.2;
  options.laplacian_weight = 0.1;
  return options;
}

/// How far gradients in fp32 may be from each other. Nearest rows and bins of histograms change by
/// rounding alone, and each change moves a gradient by its share.
double float_tolerance(const StylizeOptions& options) {
  const bool choices = options.loss == "nearest" || options.loss == "transport" ||
                       options.histogram_weight > 0 || options.palette_weight > 0;
  return choices ? 2e-3 : 1e-4;
}

/// Calls `check` for every moments' loss, padding and pooling, and for every other term.
void for_all_variants(
    const std::function<void(const nets::FeatureNet&, const StylizeOptions&)>& check) {
  for (const auto padding : {nets::Padding::zero, nets::Padding::replicate}) {
    for (const auto pooling : {nets::Pooling::max, nets::Pooling::average}) {
      for (const char* loss : {"gram", "wasserstein"}) {
        SCOPED_TRACE(testing::Message()
                     << loss << (padding == nets::Padding::zero ? ", zero" : ", replicate")
                     << (pooling == nets::Pooling::max ? ", max" : ", average"));
        check(small_net({pooling, padding}), small_options(loss));
      }
    }
  }
  for (const char* loss : {"nearest", "transport"}) {
    SCOPED_TRACE(loss);
    check(small_net(), small_options(loss));
  }
  SCOPED_TRACE("further terms");
  check(small_net(), further_terms());
}

/// Keeps the largest of what it sees, for the record.
class Worst {
 public:
  explicit Worst(std::string name) : name_(std::move(name)) {}
  ~Worst() { testing::Test::RecordProperty(name_, fmt::format("{:.1e}", value_)); }
  Worst(const Worst&) = delete;
  Worst& operator=(const Worst&) = delete;

  double see(double value) {
    value_ = std::max(value_, value);
    return value;
  }

 private:
  std::string name_;
  double value_ = 0;
};

/// Every term, relative; a term that vanishes by rounding alone counts nothing.
double difference(const Losses& a, const Losses& b) {
  const auto relative = [](double x, double y) {
    return std::abs(x - y) / std::max({std::abs(x), std::abs(y), 1e-12});
  };
  return std::max({relative(a.content, b.content), relative(a.style, b.style), relative(a.tv, b.tv),
                   relative(a.histogram, b.histogram), relative(a.palette, b.palette),
                   relative(a.laplacian, b.laplacian), relative(a.total, b.total)});
}

TEST(Objective, LayersAreThoseOfTermsThatCount) {
  using testing::ElementsAre;
  StylizeOptions options = small_options("gram");
  EXPECT_THAT(objective_layers(options), ElementsAre("relu2_2", "relu1_1", "relu2_1", "relu3_1"));
  options.content_layers = {"relu1_1", "relu2_2"};
  EXPECT_THAT(objective_layers(options), ElementsAre("relu1_1", "relu2_2", "relu2_1", "relu3_1"));
  options.style_weight = 0;
  EXPECT_THAT(objective_layers(options), ElementsAre("relu1_1", "relu2_2"));
  options.content_weight = 0;
  EXPECT_THAT(objective_layers(options), ElementsAre());
}

TEST(Objective, TotalIsTheWeightedSum) {
  StylizeOptions options = small_options("gram");
  options.content_weight = 0.7;
  options.style_weight = 1.3;
  options.tv_weight = 2.5;
  const at::Tensor x = picture(20, 16, 3);
  TiledObjective objective(small_net(), options, picture(20, 16, 1), {picture(24, 18, 2)});
  const Losses losses = objective.losses(x);
  EXPECT_GT(losses.content, 0);
  EXPECT_GT(losses.style, 0);
  EXPECT_NEAR(losses.total, 0.7 * losses.content + 1.3 * losses.style + 2.5 * losses.tv, 1e-12);
  EXPECT_LE(difference(losses, objective.evaluate(x).losses), 1e-12);
}

TEST(Objective, TotalCountsEveryTermByItsWeight) {
  const StylizeOptions options = further_terms();
  const Losses losses =
      TiledObjective(small_net(), options, picture(40, 36, 1), {picture(44, 38, 2)})
          .losses(picture(40, 36, 3));
  for (const double loss : {losses.histogram, losses.palette, losses.laplacian}) EXPECT_GT(loss, 0);
  EXPECT_NEAR(losses.total,
              options.content_weight * losses.content + options.style_weight * losses.style +
                  options.tv_weight * losses.tv + 0.3 * losses.histogram + 0.2 * losses.palette +
                  0.1 * losses.laplacian,
              1e-12);
}

TEST(Objective, FurtherTermsVanishAtTheirOwnPicture) {
  const at::Tensor content = picture(40, 36, 1, at::kDouble);
  for (const char* loss : {"nearest", "transport"}) {
    StylizeOptions options = further_terms();
    options.loss = loss;
    const Losses losses = TiledObjective(small_net(), options, content, {content}).losses(content);
    EXPECT_NEAR(losses.content, 0, 1e-12);
    EXPECT_LE(losses.style, 0.021);  // the smooth root's own
    EXPECT_NEAR(losses.histogram, 0, 1e-12);
    EXPECT_NEAR(losses.palette, 0, 1e-12);
    EXPECT_NEAR(losses.laplacian, 0, 1e-12);
  }
}

TEST(Objective, ContentGuideCountsInEveryTermOfForms) {
  const auto net = small_net();
  StylizeOptions options = further_terms();
  const at::Tensor x = picture(64, 64, 3, at::kDouble), content = picture(64, 64, 1, at::kDouble);
  const auto guided = [&](double weight) {
    TiledPass pass = tiled_pass(net, objective_layers(options), content);
    Scene scene{content, {content}, one_region(1, {}), {}};
    scene.content_guide.picture = at::full({1, 1, 64, 64}, weight);
    return Objective(pass, options, scene).evaluate(x, /*with_gradient=*/false).losses;
  };
  const Losses whole = TiledObjective(net, options, content, {content}).losses(x);
  EXPECT_GT(whole.content, 0);
  EXPECT_GT(whole.laplacian, 0);
  for (const double weight : {0.0, 0.25, 1.0}) {
    SCOPED_TRACE(weight);
    const Losses losses = guided(weight);
    EXPECT_NEAR(losses.content, weight * whole.content, 1e-12);
    EXPECT_NEAR(losses.laplacian, weight * whole.laplacian, 1e-12);
  }
}

TEST(Objective, ContentIsRelativeToThePhotographsEnergy) {
  StylizeOptions options = small_options("gram");
  options.content_layers = {"relu1_1", "relu3_1"};
  const auto net = small_net();
  const at::Tensor x = picture(20, 17, 3, at::kDouble), content = picture(20, 17, 1, at::kDouble);
  const auto seen = net.network().forward(x, options.content_layers),
             photograph = net.network().forward(content, options.content_layers);
  double expected = 0;
  for (const auto& [layer, values] : photograph) {
    expected +=
        0.5 * ((seen.at(layer) - values).square().mean() / values.square().mean()).item<double>();
  }
  for (const int tile : {0, 8}) {
    TiledObjective objective(net, options, content, {content}, tile);
    EXPECT_NEAR(objective.losses(x).content, expected, 1e-12);
  }
}

TEST(Objective, TermsVanishAtTheirOwnPicture) {
  const at::Tensor content = picture(20, 16, 1), style = picture(20, 16, 2);
  for (const int tile : {0, 8}) {
    TiledObjective objective(small_net(), small_options("gram"), content, {style}, tile);
    EXPECT_EQ(objective.losses(content).content, 0);
    EXPECT_NEAR(objective.losses(style).style, 0, 1e-12);
  }
}

TEST(Objective, TermsWithoutWeightAreNotComputed) {
  const auto net = small_net();
  const at::Tensor x = picture(20, 16, 3), content = picture(20, 16, 1), style = picture(20, 16, 2);
  StylizeOptions options = small_options("gram");
  at::Tensor sum = at::zeros_like(x);
  for (const int term : {0, 1, 2}) {
    options.content_weight = term == 0 ? 0.3 : 0;
    options.style_weight = term == 1 ? 1.7 : 0;
    options.tv_weight = term == 2 ? 2 : 0;
    TiledObjective objective(net, options, content, {style});
    const auto [losses, seconds, gradient] = objective.evaluate(x);
    EXPECT_GE(seconds.losses, 0);
    EXPECT_EQ(losses.content > 0, term == 0);
    EXPECT_EQ(losses.style > 0, term == 1);
    EXPECT_GT(gradient.abs().max().item<double>(), 0);
    sum += gradient;
  }
  options.content_weight = 0.3;
  options.style_weight = 1.7;
  TiledObjective all(net, options, content, {style});
  EXPECT_LE(relative_error(all.evaluate(x).gradient, sum), 1e-5);
}

TEST(Objective, BlendCountsStylesByWeight) {
  const auto net = small_net();
  const at::Tensor content = picture(20, 16, 1);
  const std::vector<at::Tensor> styles{picture(20, 16, 2), picture(20, 16, 4)};
  StylizeOptions options = small_options("gram");
  options.content_weight = options.tv_weight = 0;
  const auto evaluate = [&](std::vector<double> blend, const std::vector<at::Tensor>& pictures) {
    options.blend = std::move(blend);
    return TiledObjective(net, options, content, pictures).evaluate(content);
  };
  const auto first = evaluate({}, {styles[0]}), second = evaluate({}, {styles[1]});
  const auto expect_blend = [&](std::vector<double> blend, double a, double b) {
    const auto both = evaluate(std::move(blend), styles);
    EXPECT_NEAR(both.losses.style, a * first.losses.style + b * second.losses.style, 1e-6);
    EXPECT_LE(relative_error(both.gradient, a * first.gradient + b * second.gradient), 1e-5);
  };
  expect_blend({3, 1}, 0.75, 0.25);
  expect_blend({}, 0.5, 0.5);
  expect_blend({0, 2}, 0, 1);
}

TEST(Objective, GradientPassesCentralDifferencesThroughTheNetwork) {
  for_all_variants([](const nets::FeatureNet& net, const StylizeOptions& options) {
    TiledObjective objective(net, options, picture(7, 6, 1, at::kDouble),
                             {picture(7, 6, 2, at::kDouble)});
    const at::Tensor x = picture(7, 6, 3, at::kDouble);
    const auto value = [&](const at::Tensor& at) { return objective.losses(at).total; };
    EXPECT_LT(gradient_error(value, x, objective.evaluate(x).gradient), 1e-5);
  });
}

TEST(Objective, GradientOfSeveralTilesPassesCentralDifferencesThroughTheNetwork) {
  for_all_variants([](const nets::FeatureNet& net, const StylizeOptions& options) {
    for (const int tile : {0, 8}) {
      SCOPED_TRACE(tile);
      TiledObjective objective(net, options, picture(23, 19, 1, at::kDouble),
                               {picture(21, 26, 2, at::kDouble)}, tile);
      const at::Tensor x = picture(23, 19, 3, at::kDouble);
      ASSERT_EQ(objective.in_one_tile(x), tile == 0);
      const auto value = [&](const at::Tensor& at) { return objective.losses(at).total; };
      EXPECT_LT(gradient_error(value, x, objective.evaluate(x).gradient, 1e-6, /*every=*/61), 1e-5);
    }
  });
}

TEST(Objective, TilesAreExactInDouble) {
  Worst gradients("gradient"), losses("losses");
  for_all_variants([&](const nets::FeatureNet& net, const StylizeOptions& options) {
    const at::Tensor x = picture(37, 30, 3, at::kDouble), content = picture(37, 30, 1, at::kDouble);
    const std::vector<at::Tensor> styles{picture(33, 50, 2, at::kDouble)};
    const auto whole = TiledObjective(net, options, content, styles).evaluate(x);
    for (const int tile : {8, 15, 24}) {
      SCOPED_TRACE(tile);
      TiledObjective tiled(net, options, content, styles, tile);
      const auto ours = tiled.evaluate(x);
      EXPECT_LE(gradients.see(relative_error(ours.gradient, whole.gradient)), 1e-11);
      EXPECT_LE(losses.see(difference(ours.losses, whole.losses)), 1e-11);
      EXPECT_LE(difference(ours.losses, tiled.losses(x)), 1e-15);
    }
  });
}

TEST(Objective, TilesAreNearlyExactInFloat) {
  Worst gradients("gradient"), losses("losses");
  for_all_variants([&](const nets::FeatureNet& net, const StylizeOptions& options) {
    for (const auto& [width, height] : {std::pair{64, 64}, {120, 40}, {77, 51}}) {
      const at::Tensor x = picture(width, height, 3), content = picture(width, height, 1);
      const std::vector<at::Tensor> styles{picture(70, 60, 2)};
      const auto whole = TiledObjective(net, options, content, styles).evaluate(x);
      for (const int tile : {16, 30, 52}) {
        SCOPED_TRACE(testing::Message() << width << " x " << height << " in tiles of " << tile);
        TiledObjective tiled(net, options, content, styles, tile);
        ASSERT_FALSE(tiled.in_one_tile(x));
        const auto ours = tiled.evaluate(x);
        EXPECT_LE(gradients.see(relative_error(ours.gradient, whole.gradient)),
                  float_tolerance(options));
        EXPECT_LE(losses.see(difference(ours.losses, whole.losses)), 1e-5);
      }
    }
  });
}

TEST(Objective, EnginesAgree) {
  Worst winograd("gradient_winograd"), torch("gradient_torch"), losses("losses");
  for_all_variants([&](const nets::FeatureNet& net, const StylizeOptions& options) {
    for (const auto& [width, height] : {std::pair{64, 64}, {77, 51}}) {
      const auto evaluate = [&](at::ScalarType type, const char* engine, int tile) {
        return TiledObjective(net, options, picture(width, height, 1, type),
                              {picture(50, 60, 2, type)}, tile, engine)
            .evaluate(picture(width, height, 3, type));
      };
      const auto exact = evaluate(at::kDouble, "torch", 0);
      for (const int tile : {0, 30}) {
        for (const char* engine : {"winograd", "torch"}) {
          SCOPED_TRACE(testing::Message() << engine << ", tile " << tile);
          const auto ours = evaluate(at::kFloat, engine, tile);
          Worst& gradients = std::string(engine) == "torch" ? torch : winograd;
          EXPECT_LE(gradients.see(relative_error(ours.gradient, exact.gradient)),
                    float_tolerance(options));
          EXPECT_LE(losses.see(difference(ours.losses, exact.losses)), 1e-5);
        }
      }
    }
  });
}

TEST(Objective, GradientsAreChannelsLastAndOfThePicturesType) {
  for (const auto type : {at::kFloat, at::kDouble}) {
    for (const int tile : {0, 8}) {
      TiledObjective objective(small_net(), small_options("gram"), picture(20, 17, 1, type),
                               {picture(20, 17, 2, type)}, tile);
      const at::Tensor x = picture(20, 17, 3, type), gradient = objective.evaluate(x).gradient;
      EXPECT_EQ(gradient.scalar_type(), type);
      EXPECT_EQ(gradient.sizes(), x.sizes());
      EXPECT_TRUE(gradient.is_contiguous(at::MemoryFormat::ChannelsLast));
    }
  }
}

TEST(Objective, IsTheSameForEveryNumberOfThreads) {
  const tensor::OneThreadedTorch one_threaded_torch;
  const auto net = small_net();
  for (const char* loss : {"gram", "wasserstein", "nearest", "transport", "further terms"}) {
    const StylizeOptions options =
        loss == std::string_view("further terms") ? further_terms() : small_options(loss);
    for (const int tile : {0, 30}) {
      const auto evaluate = [&] {
        return TiledObjective(net, options, picture(77, 51, 1),
                              {picture(50, 60, 2), picture(40, 40, 4)}, tile)
            .evaluate(picture(77, 51, 3));
      };
      tensor::set_worker_count(1);
      const auto first = evaluate();
      for (const int threads : {2, 5}) {
        SCOPED_TRACE(testing::Message() << loss << ", tile " << tile << ", " << threads);
        tensor::set_worker_count(threads);
        const auto again = evaluate();
        EXPECT_EQ(again.losses.content, first.losses.content);
        EXPECT_EQ(again.losses.style, first.losses.style);
        EXPECT_EQ(again.losses.tv, first.losses.tv);
        EXPECT_EQ(again.losses.total, first.losses.total);
        EXPECT_TRUE(at::equal(again.gradient, first.gradient));
      }
      tensor::set_worker_count(1);
    }
  }
}

/// A step too far is told by its loss, on every number of threads.
TEST(Objective, OfWhatIsNoNumberIsNone) {
  for (const int threads : {1, 2}) {
    tensor::set_worker_count(threads);
    for (const char* loss : {"gram", "wasserstein", "nearest", "transport"}) {
      for (const char* engine : {"winograd", "torch"}) {
        for (const float odd : {std::numeric_limits<float>::quiet_NaN(), 1e30F}) {
          SCOPED_TRACE(testing::Message() << loss << ", " << engine << ", " << odd);
          at::Tensor x = picture(20, 16, 3);
          TiledObjective objective(small_net(), small_options(loss), picture(20, 16, 1),
                                   {picture(20, 16, 2)}, 0, engine);
          x[0][1][7][9] = odd;
          EXPECT_FALSE(std::isfinite(objective.evaluate(x).losses.total));
        }
      }
    }
  }
  tensor::set_worker_count(1);
}

}  // namespace
}  // namespace atelier::style
