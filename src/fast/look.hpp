// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "atelier/fast/look.hpp"
#include "fast/architecture.hpp"
#include "fast/colour_transport.hpp"
#include "fast/folded_network.hpp"
#include "fast/network.hpp"

namespace atelier::fast {

/// A network with all that paints folded in.
struct Look::Content {
  Architecture architecture;
  at::Device device;
  FoldedNetwork network;
};

/// The network made ready for a picture. `rgb`: the picture, 1 x 3 x H x W, on the parameters'
/// device; it is looked at with norm_edge at most. `modulations`, `colours`: of the style, for
/// it.
[[nodiscard]] Look make_look(const Architecture& architecture, const train::Parameters& parameters,
                             const Modulations& modulations, const ColourMap& colours,
                             const at::Tensor& rgb);

/// Throws Error invalid_argument when an edge is too short to paint.
void check_edges(const image::Image& picture);

/// Whole cells of the grid, what is added reflected: N x 3 x H x W, channels-last.
[[nodiscard]] at::Tensor on_grid(const at::Tensor& rgb);

}  // namespace atelier::fast
