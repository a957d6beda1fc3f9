// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::style {

/// What a backbone compares when nothing else is asked for, and what it takes.
///
/// Terms are relative to the energy of what the painting shows (losses/losses.hpp), so no network
/// drowns another by its units. But where activations are mostly the same for every picture, as
/// behind a bound of 6 or on a residual stream, a small part of the energy is all that tells
/// textures apart, and a relative error is small from the start. `force` makes up for it: it was
/// set so that at a style weight of 1 the pictures of all backbones come as near to VGG-19's as
/// they get.
struct Backbone {
  std::string name;
  std::vector<std::string> content_layers, style_layers;
  double force;            ///< what a style weight of 1 stands for, with these style layers
  bool has_kernels;        ///< computed by engines of our own, not by libtorch alone
  double bytes_per_pixel;  ///< of a patch on its way through libtorch and back, to these layers
  int halo;                ///< px beyond a tile that these layers look at
};

/// Throws Error invalid_argument when there is none of this name.
[[nodiscard]] const Backbone& find_backbone(std::string_view name);

/// Whether libtorch computes what `options` ask for.
[[nodiscard]] bool runs_in_libtorch(const StylizeOptions& options);

}  // namespace atelier::style
