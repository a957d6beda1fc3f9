// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/options.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::style {

const OptionTable<StylizeOptions>& stylize_option_table() {
  using O = StylizeOptions;
  static const OptionTable<StylizeOptions> table{
      {&O::preset,
       {"preset",
        "Main",
        "speed against quality; other options override it",
        "",
        {},
        {},
        {"draft", "standard", "best"},
        {}}},
      {&O::size, {"size", "Main", "long edge of the result", "px", 16, 65536, {}, {{"native", 0}}}},
      {&O::seed,
       {"seed",
        "Main",
        "start of all chance: the same seed, the same picture",
        "",
        {},
        {},
        {},
        {}}},

      {&O::loss,
       {"loss", "Objective", "how styles are compared", "", {}, {}, {"wasserstein", "gram"}, {}}},
      {&O::content_weight,
       {"content-weight", "Objective", "weight of the photograph's structure", "", 0, 1e6, {}, {}}},
      {&O::style_weight,
       {"style-weight", "Objective", "weight of the painting's texture", "", 0, 1e6, {}, {}}},
      {&O::tv_weight,
       {"tv-weight", "Objective", "weight of smoothness (total variation)", "", 0, 1e6, {}, {}}},
      {&O::blend,
       {"blend",
        "Objective",
        "weight of each style, in their order; equal when not given",
        "",
        0,
        1e6,
        {},
        {}}},
      {&O::style_scale,
       {"style-scale",
        "Objective",
        "size of the style's strokes, relative to the result",
        "",
        0.1,
        10,
        {},
        {}}},

      {&O::backbone,
       {"backbone",
        "Network",
        "network that looks at the pictures",
        "",
        {},
        {},
        {"vgg19", "vgg16", "resnet50", "inception-v3", "efficientnet-lite0", "vgg19-torchvision",
         "resnet50-torchvision", "inception-v3-torchvision"},
        {}}},
      {&O::content_layers,
       {"content-layers",
        "Network",
        "layers that see the photograph; auto: the backbone's own",
        "",
        {},
        {},
        {},
        {}}},
      {&O::style_layers,
       {"style-layers",
        "Network",
        "layers that see the painting; auto: the backbone's own, and its measured force for the "
        "weight",
        "",
        {},
        {},
        {},
        {}}},
      {&O::pooling,
       {"pooling",
        "Network",
        "how the network halves its resolution",
        "",
        {},
        {},
        {"max", "average"},
        {}}},
      {&O::strides,
       {"strides",
        "Network",
        "how layers that halve the resolution look: everywhere, or as the network was trained "
        "(VGG: alike)",
        "",
        {},
        {},
        {"smooth", "trained"},
        {}}},
      {&O::padding,
       {"padding",
        "Network",
        "what lies beyond the picture's border",
        "",
        {},
        {},
        {"zero", "replicate"},
        {}}},

      {&O::optimizer,
       {"optimizer", "Optimisation", "method of descent", "", {}, {}, {"lbfgs", "adam"}, {}}},
      {&O::iterations,
       {"iterations", "Optimisation", "steps at the final size", "", 1, 100000, {}, {}}},
      {&O::first_iterations,
       {"first-iterations", "Optimisation", "steps at the smallest size", "", 1, 100000, {}, {}}},
      {&O::min_size,
       {"min-size", "Optimisation", "long edge of the smallest size", "px", 16, 65536, {}, {}}},
      {&O::scale_step,
       {"scale-step", "Optimisation", "each size's ratio to the one before", "", 1.1, 8, {}, {}}},
      {&O::step_size,
       {"step-size",
        "Optimisation",
        "Adam's rate at first; length of L-BFGS's first step; auto: 0.04 and 0.02",
        "of the range of values",
        1e-5,
        1,
        {},
        {{"auto", 0}}}},
      {&O::until_loss,
       {"until-loss",
        "Optimisation",
        "stop when the total loss is this low; 0: never",
        "",
        0,
        1e9,
        {},
        {}}},
      {&O::time_limit,
       {"time-limit", "Optimisation", "stop after this time; 0: never", "s", 0, 1e7, {}, {}}},
      {&O::init,
       {"init",
        "Optimisation",
        "start: content, noise, style-stats or a picture's file",
        "WORD|FILE",
        {},
        {},
        {},
        {}}},

      {&O::tile,
       {"tile",
        "Machine",
        "edge of the tiles that a large picture is computed in; auto: as memory allows",
        "px",
        64,
        65536,
        {},
        {{"auto", tile_auto}, {"off", tile_off}}}},
      {&O::engine,
       {"engine",
        "Machine",
        "what computes the network; torch is the slow reference",
        "",
        {},
        {},
        {"auto", "winograd", "bf16", "torch"},
        {}}},
      {&O::device, {"device", "Machine", "auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&O::threads, {"threads", "Machine", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

StylizeOptions preset_options(const std::string& preset) {
  StylizeOptions options;
  options.preset = preset;
  if (preset == "standard") return options;
  if (preset == "draft") {
    options.size = 384;
    options.iterations = 8;
    options.first_iterations = 30;
  } else if (preset == "best") {
    options.size = 1024;
    options.iterations = 40;
    options.first_iterations = 120;
  } else {
    fail(ErrorKind::invalid_argument, "there is no preset '{}'; use draft, standard or best.",
         preset);
  }
  return options;
}

void check_options(const StylizeOptions& options, std::size_t styles) {
  if (styles == 0)
    fail(ErrorKind::invalid_argument, "there is no style picture; name at least one.");
  if (!options.blend.empty() && options.blend.size() != styles) {
    fail(ErrorKind::invalid_argument, "--blend has {} weights for {} styles; give one each.",
         options.blend.size(), styles);
  }
  if (!options.blend.empty() &&
      std::none_of(options.blend.begin(), options.blend.end(), [](double w) { return w > 0; })) {
    fail(ErrorKind::invalid_argument,
         "--blend has no weight above 0, so no style is left; raise one.");
  }
  if (options.content_weight == 0 && options.style_weight == 0) {
    fail(
        ErrorKind::invalid_argument,
        "--content-weight and --style-weight are both 0, so there is nothing to paint; raise one.");
  }
  if (options.content_layers.empty() || options.style_layers.empty()) {
    fail(ErrorKind::invalid_argument,
         "--content-layers and --style-layers need at least one layer each.");
  }
}

}  // namespace atelier::style
