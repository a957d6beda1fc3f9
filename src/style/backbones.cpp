// SPDX-License-Identifier: Apache-2.0
#include "style/backbones.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::style {
namespace {

const std::vector<std::string> vgg_content{"relu4_2"};
const std::vector<std::string> vgg_style{"relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"};
// Where residuals are added: what blocks hold inside them gives finer strokes and loses the large
// ones. Wang, Li, Vasconcelos (CVPR 2021) find Gram matrices of these layers ruled by a few strong
// channels, which the Wasserstein distance, in units of activation, is not.
const std::vector<std::string> resnet_content{"relu3_4"};
const std::vector<std::string> resnet_style{"relu1", "relu2_1", "relu2_3", "relu3_2", "relu4_2"};
// mixed5b, at twice the stride, lets houses lose their edges.
const std::vector<std::string> inception_content{"relu4a"};
const std::vector<std::string> inception_style{"relu1a", "relu2b", "relu4a", "mixed5b", "mixed6a"};
// Behind ReLU6, inside the blocks: what they hand on has no rectifier and any sign.
const std::vector<std::string> efficientnet_content{"expand6"};
const std::vector<std::string> efficientnet_style{"relu1",   "expand2", "depth3",
                                                  "expand4", "expand6", "depth9"};

// docs/backbones.md shows what these sets paint.
const std::vector<Backbone> backbones{
    {"vgg19", vgg_content, vgg_style, 1, true, 3300, 80},
    {"vgg16", vgg_content, vgg_style, 1, true, 3300, 80},
    {"resnet50", resnet_content, resnet_style, 2, false, 2600, 96},
    {"inception-v3", inception_content, inception_style, 2, false, 2100, 96},
    {"efficientnet-lite0", efficientnet_content, efficientnet_style, 4, false, 2300, 112},
    {"vgg19-torchvision", vgg_content, vgg_style, 1, true, 3300, 80},
    {"resnet50-torchvision", resnet_content, resnet_style, 2, false, 2600, 96},
    {"inception-v3-torchvision", inception_content, inception_style, 2, false, 2100, 96},
};

}  // namespace

const Backbone& find_backbone(std::string_view name) {
  const auto found = std::find_if(backbones.begin(), backbones.end(),
                                  [&](const Backbone& b) { return b.name == name; });
  if (found == backbones.end()) {
    fail(ErrorKind::invalid_argument, "there is no backbone '{}'.", name);
  }
  return *found;
}

bool runs_in_libtorch(const StylizeOptions& options) {
  return options.engine == "torch" || !find_backbone(options.backbone).has_kernels;
}

StylizeOptions with_own_layers(StylizeOptions options) {
  if (options.method == "fast") return options;  // which looks at no layers
  const std::vector<std::string> own{auto_layers};
  const Backbone& backbone = find_backbone(options.backbone);
  if (options.content_layers == own) options.content_layers = backbone.content_layers;
  if (options.style_layers == own) {
    options.style_layers = backbone.style_layers;
    options.style_weight *= backbone.force;
  }
  return options;
}

}  // namespace atelier::style
