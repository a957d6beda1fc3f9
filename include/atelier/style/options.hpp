// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"

namespace atelier::style {

/// In StylizeOptions::content_layers and style_layers, alone: those measured for the backbone.
inline constexpr const char* auto_layers = "auto";

/// Values of StylizeOptions::tile that are no length.
inline constexpr int tile_auto = 0, tile_off = -1;

/// Options of one painting. Ranges, units and help stand once, in stylize_option_table().
struct StylizeOptions {
  std::string preset = "standard";
  std::string method = "optimize";
  double strength = 1;     ///< of method fast
  std::string fast_model;  ///< of method fast: its network's file; empty: the one that comes along
  int size = 512;
  std::string loss = "wasserstein";
  std::string content_loss = "features";
  std::string backbone = "vgg19";
  double content_weight = 0.4;
  double style_weight = 1.0;
  double tv_weight = 0.5;
  double histogram_weight = 0;
  double palette_weight = 0;
  double laplacian_weight = 0;
  std::vector<std::string> content_layers{auto_layers};
  std::vector<std::string> style_layers{auto_layers};
  std::string pooling = "max";
  std::string strides = "smooth";
  std::string padding = "zero";
  std::vector<double> blend;
  std::string blend_mode = "losses";
  std::string texture;
  double style_scale = 1.0;
  std::string color = "style";
  std::string color_method = "transport";
  double color_strength = 1.0;
  std::vector<std::string> style_mask;
  std::string style_map;
  std::vector<std::string> style_map_colors;
  std::string content_mask;
  std::vector<std::string> protect;
  double protect_strength = 0.8;
  std::string optimizer = "lbfgs";
  int iterations = 18;
  int first_iterations = 50;
  int min_size = 128;
  double scale_step = 2;
  double step_size = 0;
  double until_loss = 0;
  double time_limit = 0;
  std::string init = "content";
  std::uint64_t seed = 0;
  double temporal_weight = 5;
  int frame_iterations = 6;
  int tile = tile_auto;
  std::string engine = "auto";
  std::string device = "auto";
  int threads = 0;
};

[[nodiscard]] const OptionTable<StylizeOptions>& stylize_option_table();

/// The options of a preset: draft, standard or best. Throws Error invalid_argument for another
/// name.
[[nodiscard]] StylizeOptions preset_options(const std::string& preset);

/// The same with the names of layers in place of `auto`. Where style_layers were `auto`,
/// style_weight is multiplied by the force measured for them, so that 1 paints alike with every
/// backbone; settled options stay as they are, and those of
/// method fast. Throws Error invalid_argument when there is no such
/// backbone.
[[nodiscard]] StylizeOptions with_own_layers(StylizeOptions options);

/// Whether faces are to be looked for and protected.
[[nodiscard]] bool protects_faces(const StylizeOptions& options);

/// Refuses combinations that contradict each other. Throws Error invalid_argument.
/// `styles`: how many style pictures there are.
void check_options(const StylizeOptions& options, std::size_t styles);

}  // namespace atelier::style
