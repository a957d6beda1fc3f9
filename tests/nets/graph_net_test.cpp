// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/graph_net.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <torch/csrc/autograd/autograd.h>

#include "../base/error_matcher.hpp"
#include "nets/passes/make_pass.hpp"
#include "small_graphs.hpp"
#include "small_vgg.hpp"

namespace atelier::nets {
namespace {

using testing::graph_names;
using ::testing::HasSubstr;
using testing::picture;
using testing::relative_error;
using testing::small_graph;

constexpr Strides both_strides[] = {Strides::smooth, Strides::trained};

/// One convolution with these weights and no more.
GraphNet one_convolution(const Graph::Convolution& how, const at::Tensor& weight,
                         FeatureNetOptions options) {
  Graph graph;
  graph.convolution("c", Graph::picture, weight.size(0), how, "out");
  return GraphNet("one", "", graph, {{"c.weight", weight}, {"c.bias", at::zeros({weight.size(0)})}},
                  InputConvention{}, options);
}

TEST(GraphNet, ASmoothStrideAveragesWhatIsSeenEverywhere) {
  const at::Tensor rgb = picture(13, 18);
  for (const int size : {1, 3, 5, 7}) {
    const at::Tensor weight =
        testing::random_tensor({4, 3, size, size}, static_cast<std::uint64_t>(size)).to(at::kFloat);
    const GraphNet net = one_convolution(
        {.height = size, .width = size, .stride = 2, .rectifier = Rectifier::none}, weight, {});
    const at::Tensor everywhere = at::conv2d(rgb, weight.to(at::kDouble), {}, 1, (size - 1) / 2);
    const at::Tensor expected = at::avg_pool2d(everywhere, {2, 2});
    const at::Tensor seen = net.forward(rgb, {"out"}).at("out");
    ASSERT_EQ(seen.sizes(), expected.sizes()) << size;
    EXPECT_LT(relative_error(seen, expected), 1e-14) << size;
  }
}

TEST(GraphNet, ATrainedStrideTakesEverySecond) {
  const at::Tensor rgb = picture(13, 18);
  const at::Tensor weight = testing::random_tensor({4, 3, 3, 3}, 3).to(at::kFloat);
  for (const bool same : {true, false}) {
    const GraphNet net = one_convolution(
        {.height = 3, .width = 3, .stride = 2, .same = same, .rectifier = Rectifier::none}, weight,
        {Pooling::max, Padding::zero, Strides::trained});
    const at::Tensor expected = at::conv2d(rgb, weight.to(at::kDouble), {}, 2, same ? 1 : 0);
    EXPECT_LT(relative_error(net.forward(rgb, {"out"}).at("out"), expected), 1e-14);
  }
}

/// With positive weights nothing is rectified, so the sum of a layer's activations is linear in the
/// picture: its slope is how much each pixel counts.
TEST(GraphNet, SmoothStridesLetEveryPixelCountAlike) {
  for (const std::string name : {"resnet50", "efficientnet-lite0"}) {
    const Graph& graph = find_architecture(name)->graph;
    TensorMap weights = testing::narrow_weights(graph, 32);
    for (auto& [key, tensor] : weights) tensor.abs_().mul_(0.02);  // below ReLU6's bend
    const std::string layer = name[0] == 'r' ? "relu3_1" : "block4";
    const auto unevenness = [&](Strides strides) {
      const GraphNet net(name, "", graph, weights, InputConvention{},
                         {Pooling::average, Padding::zero, strides});
      const at::Tensor rgb = at::full({1, 3, 96, 96}, 0.5, at::kDouble).requires_grad_(true);
      const at::Tensor sum = net.forward(rgb, {layer}).at(layer).sum();
      const at::Tensor slope = torch::autograd::grad({sum}, {rgb})[0];
      const at::Tensor inner = slope.narrow(2, 40, 16).narrow(3, 40, 16).narrow(1, 0, 1);
      return (inner.std() / inner.mean()).item<double>();
    };
    EXPECT_LT(unevenness(Strides::smooth), 1e-12) << name;
    EXPECT_GT(unevenness(Strides::trained), 0.1) << name;
  }
}

TEST(GraphNet, SaysHowManyPositionsThereAre) {
  for (const std::string& name : graph_names()) {
    for (const Strides strides : both_strides) {
      const auto net = small_graph(name, {Pooling::max, Padding::zero, strides});
      for (const auto& [height, width] : {std::pair{95, 110}, {128, 97}}) {
        const Features seen = net->forward(picture(height, width).to(at::kFloat), net->layers());
        ASSERT_EQ(seen.size(), net->layers().size());
        for (const std::string& layer : net->layers()) {
          const at::Tensor& values = seen.at(layer);
          EXPECT_EQ(values.size(1), net->channels(layer)) << name << layer;
          EXPECT_EQ(values.size(2), net->positions(layer, height)) << name << layer;
          EXPECT_EQ(values.size(3), net->positions(layer, width)) << name << layer;
          if (strides == Strides::smooth) {
            EXPECT_EQ(values.size(2), height / net->stride(layer)) << name << layer;
          }
        }
      }
    }
  }
}

/// Part of a picture that begins on the stride's grid shows what the whole shows, but for positions
/// that reach beyond the part.
TEST(GraphNet, PartsShowWhatTheWholeShows) {
  for (const std::string& name : graph_names()) {
    for (const Strides strides : both_strides) {
      const auto net = small_graph(name, {Pooling::max, Padding::zero, strides});
      const std::string layer = name == "resnet50" || name == "resnet50-v1.5" ? "relu4_1"
                                : name == "inception-v3"                      ? "mixed6a"
                                                                              : "block6";
      const int stride = net->stride(layer), reach = net->reach({layer});
      EXPECT_EQ(stride, 16) << name;
      const int margin = (reach + stride - 1) / stride;  // positions
      const std::int64_t begin = 16 * (margin + 1), length = 16 * (2 * margin + 3);
      const at::Tensor rgb = picture(begin + length + 40, begin + length + 23);
      const at::Tensor whole = net->forward(rgb, {layer}).at(layer);
      const at::Tensor part =
          net->forward(rgb.narrow(2, begin, length).narrow(3, begin, length), {layer}).at(layer);
      const std::int64_t first = begin / stride + margin, count = 2;
      const at::Tensor expected = whole.narrow(2, first, count).narrow(3, first, count);
      const at::Tensor seen = part.narrow(2, margin, count).narrow(3, margin, count);
      EXPECT_LT(relative_error(seen, expected), 1e-12) << name;
    }
  }
}

/// reach() is neither too small (above) nor larger than what a position really depends on. With
/// positive weights and averages nothing is shut.
TEST(GraphNet, ReachIsWhatAPositionDependsOn) {
  for (const std::string& name : graph_names()) {
    const Graph& graph = find_architecture(name)->graph;
    TensorMap weights = testing::narrow_weights(graph, 32);
    for (auto& [key, tensor] : weights) tensor.abs_().add_(1e-3).mul_(0.02);
    const GraphNet net(name, "", graph, weights, InputConvention{}, {.pooling = Pooling::average});
    const std::string layer = net.layers()[net.layers().size() / 4];
    const int stride = net.stride(layer), reach = net.reach({layer});
    const int middle = reach / stride + 1, edge = (2 * middle + 1) * stride;
    const at::Tensor rgb = picture(edge, edge).requires_grad_(true);
    const at::Tensor seen =
        net.forward(rgb, {layer}).at(layer).select(2, middle).select(2, middle).sum();
    const at::Tensor slope = torch::autograd::grad({seen}, {rgb})[0].abs().sum(1)[0];
    const at::Tensor touched = slope.sum(1).nonzero();
    EXPECT_EQ(touched.min().item<std::int64_t>(), middle * stride - reach) << name << layer;
    EXPECT_EQ(touched.max().item<std::int64_t>(), (middle + 1) * stride - 1 + reach)
        << name << layer;
  }
}

TEST(GraphNet, GradientsAreThoseOfCentralDifferences) {
  for (const std::string& name : graph_names()) {
    for (const Strides strides : both_strides) {
      const auto net = small_graph(name, {Pooling::average, Padding::replicate, strides});
      const std::vector<std::string> layers{net->layers()[1],
                                            net->layers()[net->layers().size() / 3]};
      const auto energy = [&](const at::Tensor& rgb) {
        double sum = 0;
        for (const auto& [layer, values] : net->forward(rgb, layers)) {
          sum += (values * at::cos(values)).sum().item<double>();
        }
        return sum;
      };
      const at::Tensor rgb = picture(64, 64);
      const at::Tensor x = rgb.clone().requires_grad_(true);
      at::Tensor sum = at::zeros({}, at::kDouble);
      for (const auto& [layer, values] : net->forward(x, layers)) {
        sum = sum + (values * at::cos(values)).sum();
      }
      const at::Tensor slope = torch::autograd::grad({sum}, {x})[0];
      for (const std::int64_t i : {1234, 4096 + 2080, 8192 + 777}) {
        const auto moved = [&](double by) {
          at::Tensor y = rgb.contiguous().clone();
          y.data_ptr<double>()[i] += by;
          return energy(y);
        };
        const double numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
        const double ours = slope.contiguous().data_ptr<double>()[i];
        EXPECT_NEAR(ours, numeric, 1e-5 * (slope.abs().max().item<double>() + 1e-9)) << name << i;
      }
    }
  }
}

TEST(GraphNet, RefusesWeightsThatDoNotFit) {
  const Graph& graph = find_architecture("resnet50")->graph;
  const auto refuse = [&](const std::string& key, const at::Tensor& tensor, const char* reason) {
    TensorMap weights = testing::narrow_weights(graph, 32);
    if (tensor.defined()) {
      weights[key] = tensor;
    } else {
      weights.erase(key);
    }
    EXPECT_ERROR(GraphNet("r", "", graph, weights, InputConvention{}, {}), bad_input,
                 HasSubstr(reason));
  };
  refuse("conv2_2b.weight", {}, "conv2_2b.weight");
  refuse("conv2_2b.bias", at::zeros({7}), "conv2_2b.bias");
  refuse("conv1.weight", at::zeros({2, 3, 3, 3}), "7 x 7");
  refuse("conv2_1c.weight", at::zeros({3, 2, 1, 1}), "conv2_1c.bias");
}

TEST(GraphNet, RefusesUnknownLayersAndSmallPictures) {
  const auto net = small_graph("inception-v3", {});
  EXPECT_ERROR(net->forward(picture(64, 64), {"relu4_2"}), invalid_argument, HasSubstr("mixed5b"));
  EXPECT_ERROR(net->forward(picture(15, 64), {"mixed6e"}), invalid_argument, HasSubstr("16 px"));
  EXPECT_EQ(net->forward(picture(16, 16), {"mixed6e"}).at("mixed6e").size(2), 1);
}

TEST(GraphNet, IsComputedByLibtorchAlone) {
  const auto net = small_graph("resnet50", {});
  EXPECT_EQ(settled_engine(*net, "auto", at::kFloat), "torch");
  EXPECT_EQ(make_pass(*net, {"relu1"}, at::kFloat)->description(), "libtorch");
  for (const char* engine : {"winograd", "bf16"}) {
    EXPECT_ERROR(make_pass(*net, {"relu1"}, at::kFloat, engine), invalid_argument,
                 HasSubstr("resnet50"));
  }
}

}  // namespace
}  // namespace atelier::nets
