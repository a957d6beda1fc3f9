// SPDX-License-Identifier: Apache-2.0
#include "style/backbones.hpp"

#include <gmock/gmock.h>

#include "../base/error_matcher.hpp"
#include "../nets/small_graphs.hpp"
#include "atelier/nets/models.hpp"
#include "nets/graph/architectures.hpp"
#include "style/tiles.hpp"

namespace atelier::style {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Backbones, EveryChoiceIsAModelWithLayersOfItsOwn) {
  const std::vector<std::string> choices = stylize_option_table().find("backbone")->spec.choices;
  EXPECT_GE(choices.size(), 5U);
  for (const std::string& name : choices) {
    const Backbone& backbone = find_backbone(name);
    const auto* graph = nets::find_architecture(nets::find_model(name).architecture);
    EXPECT_EQ(backbone.has_kernels, graph == nullptr) << name;
    EXPECT_GE(backbone.style_layers.size(), 4U) << name;
    EXPECT_FALSE(backbone.content_layers.empty()) << name;
    EXPECT_GT(backbone.force, 0) << name;
    if (!graph) continue;
    std::vector<std::string> layers;
    for (const nets::Node& node : graph->graph.nodes) layers.push_back(node.layer);
    for (const auto* asked : {&backbone.content_layers, &backbone.style_layers}) {
      for (const std::string& layer : *asked) EXPECT_THAT(layers, Contains(layer)) << name;
    }
    // The estimate of a tile's memory knows how far the layers look.
    const nets::GraphNet net(name, "", graph->graph,
                             nets::testing::narrow_weights(graph->graph, 64), {}, {});
    std::vector<std::string> compared = backbone.style_layers;
    compared.insert(compared.end(), backbone.content_layers.begin(), backbone.content_layers.end());
    EXPECT_LE(net.reach(compared), backbone.halo) << name;
    EXPECT_GT(net.reach(compared), backbone.halo - 32) << name;
  }
}

TEST(Backbones, AutoIsTheirOwnLayersAndOthersStay) {
  StylizeOptions options;
  EXPECT_THAT(with_own_layers(options).content_layers, ElementsAre("relu4_2"));
  EXPECT_THAT(with_own_layers(options).style_layers,
              ElementsAre("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"));
  options.backbone = "resnet50";
  options.content_layers = {"relu2_3"};
  EXPECT_THAT(with_own_layers(options).content_layers, ElementsAre("relu2_3"));
  EXPECT_EQ(with_own_layers(options).style_layers, find_backbone("resnet50").style_layers);
  // The force belongs to the backbone's own layers, and counts once.
  options.style_weight = 3;
  const StylizeOptions settled = with_own_layers(options);
  EXPECT_EQ(settled.style_weight, 3 * find_backbone("resnet50").force);
  EXPECT_EQ(with_own_layers(settled).style_layers, settled.style_layers);
  EXPECT_EQ(with_own_layers(settled).style_weight, settled.style_weight);
  options.style_layers = {"relu1"};
  EXPECT_EQ(with_own_layers(options).style_weight, 3);
  options.backbone = "alexnet";
  EXPECT_ERROR(with_own_layers(options), invalid_argument, HasSubstr("alexnet"));
}

TEST(Backbones, ThoseWithoutKernelsTakeLibtorchsMemory) {
  StylizeOptions vgg, resnet;
  resnet.backbone = "resnet50";
  EXPECT_FALSE(runs_in_libtorch(vgg));
  EXPECT_TRUE(runs_in_libtorch(resnet));
  vgg.tile = resnet.tile = tile_off;
  const double ours = pass_bytes(vgg, {1024, 1024}) - weights_bytes(vgg),
               torchs = pass_bytes(resnet, {1024, 1024}) - weights_bytes(resnet);
  EXPECT_GT(torchs, 1.5 * ours);
  vgg.engine = "torch";
  EXPECT_TRUE(runs_in_libtorch(vgg));
}

}  // namespace
}  // namespace atelier::style
