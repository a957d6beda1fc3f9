// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/fold.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

#include "../base/error_matcher.hpp"
#include "nets/graph/graph_net.hpp"
#include "small_vgg.hpp"

namespace atelier::nets {
namespace {

using ::testing::HasSubstr;

/// Two convolutions; the second depthwise in all but Keras's files.
Architecture small_architecture(bool keras) {
  Architecture result;
  const std::size_t first = result.graph.convolution(
      "one", Graph::picture, 4, {.height = 3, .width = 1, .rectifier = Rectifier::none});
  result.graph.convolution("two", first, keras ? 5 : 4,
                           {.rectifier = Rectifier::none, .depthwise = !keras}, "out");
  result.files = {{keras ? "Keras" : "torch",
                   keras,
                   0.25,
                   {{"one", {"a", "norm_a"}}, {"two", {"b", "norm_b"}}}}};
  return result;
}

at::Tensor random(at::IntArrayRef shape, std::uint64_t seed) {
  return testing::random_tensor(shape, seed).to(at::kFloat);
}

TEST(Fold, GivesWhatConvolutionAndNormalisationGive) {
  for (const bool keras : {true, false}) {
    const Architecture architecture = small_architecture(keras);
    const at::Tensor one = random({4, 3, 3, 1}, 1),
                     two = random({keras ? 5 : 4, keras ? 4 : 1, 1, 1}, 2);
    TensorMap state;
    std::map<std::string, at::Tensor> beta, gamma, mean, variance;
    std::uint64_t seed = 10;
    for (const auto& [letter, kernel] : {std::pair{"a", one}, {"b", two}}) {
      const std::int64_t out = kernel.size(0);
      const std::string norm = std::string("norm_") + letter;
      beta[letter] = random({out}, seed++);
      gamma[letter] = letter == std::string("a") ? random({out}, seed++) : at::ones({out});
      mean[letter] = random({out}, seed++);
      variance[letter] = random({out}, seed++).square();
      if (keras) {
        state[std::string(letter) + "/kernel"] = kernel.permute({2, 3, 1, 0}).contiguous();
        state[norm + "/beta"] = beta[letter];
        state[norm + "/moving_mean"] = mean[letter];
        state[norm + "/moving_variance"] = variance[letter];
      } else {
        state[std::string(letter) + ".weight"] = kernel;
        state[norm + ".bias"] = beta[letter];
        state[norm + ".running_mean"] = mean[letter];
        state[norm + ".running_var"] = variance[letter];
      }
      if (letter == std::string("a")) state[norm + (keras ? "/gamma" : ".weight")] = gamma[letter];
    }
    const at::Tensor bias = random({4}, 40);
    state[keras ? "a/bias" : "a.bias"] = bias;
    state["classifier.weight"] = at::ones({3, 3});

    const TensorMap folded = fold_batch_norm("small", architecture, state);
    EXPECT_EQ(folded.size(), 4U);
    const GraphNet net("small", "", architecture.graph, folded, InputConvention{}, {});
    const at::Tensor rgb = testing::picture(9, 8);
    const auto normalised = [&](const at::Tensor& h, const std::string& letter) {
      const auto row = [](const at::Tensor& t) { return t.to(at::kDouble).view({1, -1, 1, 1}); };
      return (h - row(mean[letter])) / (row(variance[letter]) + 0.25).sqrt() * row(gamma[letter]) +
             row(beta[letter]);
    };
    at::Tensor h = at::conv2d(rgb, one.to(at::kDouble), bias.to(at::kDouble), 1, {1, 0});
    h = normalised(h, "a");
    h = normalised(at::conv2d(h, two.to(at::kDouble), at::Tensor(), at::IntArrayRef{1},
                              at::IntArrayRef{0}, at::IntArrayRef{1}, keras ? 1 : 4),
                   "b");
    EXPECT_LT(testing::relative_error(net.forward(rgb, {"out"}).at("out"), h), 1e-6);

    // Its own weights are taken as they are.
    const TensorMap again = fold_batch_norm("small", architecture, folded);
    for (const auto& [key, tensor] : folded) EXPECT_TRUE(at::equal(tensor, again.at(key))) << key;
  }
}

TEST(Fold, RefusesWhatIsNotThere) {
  const Architecture architecture = small_architecture(/*keras=*/false);
  TensorMap state{{"a.weight", at::ones({4, 3, 3, 1})},   {"b.weight", at::ones({4, 1, 1, 1})},
                  {"norm_a.bias", at::ones({4})},         {"norm_b.bias", at::ones({4})},
                  {"norm_a.running_mean", at::ones({4})}, {"norm_b.running_mean", at::ones({4})},
                  {"norm_a.running_var", at::ones({4})},  {"norm_b.running_var", at::ones({4})}};
  EXPECT_NO_THROW((void)fold_batch_norm("small", architecture, state));
  const auto refuse = [&](const std::string& name, const at::Tensor& other, const char* reason) {
    TensorMap broken = state;
    broken.erase(name);
    if (other.defined()) broken[name] = other;
    EXPECT_ERROR(fold_batch_norm("small", architecture, broken), bad_input, HasSubstr(reason));
  };
  refuse("a.weight", {}, "a.weight (torch)");
  refuse("norm_b.running_var", {}, "norm_b.running_var");
  refuse("norm_a.bias", at::ones({5}), "floats of 4");
  refuse("b.weight", at::ones({4, 4, 1, 1}), "4 x 1 x 1 x 1");
  refuse("norm_b.bias", at::ones({4}, at::kLong), "norm_b.bias");
}

TEST(Fold, KnowsThePublishedNetworks) {
  for (const char* name : {"resnet50", "resnet50-v1.5", "inception-v3", "efficientnet-lite0"}) {
    const Architecture* architecture = find_architecture(name);
    ASSERT_NE(architecture, nullptr) << name;
    std::size_t convolutions = 0;
    for (const Node& node : architecture->graph.nodes) convolutions += node.op == Op::convolution;
    for (const WeightNames& file : architecture->files) EXPECT_EQ(file.of.size(), convolutions);
  }
  EXPECT_EQ(find_architecture("vgg19"), nullptr);
}

}  // namespace
}  // namespace atelier::nets
