// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"
#include "tensor/kernels/moments.hpp"

namespace atelier::style {

using tensor::Region;

/// A part of the picture, in pixels. Every position of every layer belongs to the core of one tile;
/// the patch is what a network has to see to compute those as if it saw the whole picture.
struct Tile {
  Region core, patch;
};

/// Edge of the tiles that `options` ask for, px; 0: the picture whole. tile_auto: as free memory
/// allows.
[[nodiscard]] int tile_edge(const StylizeOptions& options);

/// The program and the network's weights, as they are and as the kernels take them, bytes.
[[nodiscard]] double weights_bytes(const StylizeOptions& options);

/// Memory that a pass takes for a picture in such tiles, bytes, its weights included.
[[nodiscard]] double pass_bytes(const StylizeOptions& options, image::Size picture);

/// Divides a picture into tiles of about `edge` x `edge` px with cores of equal size; one tile when
/// `edge` is 0 or the picture is no larger. `stride`: px between the positions of the deepest
/// layer, on whose grid cores and patches begin. `reach`: px beyond its own square that one of
/// those depends on.
[[nodiscard]] std::vector<Tile> plan_tiles(image::Size picture, int edge, int stride, int reach);

/// A tile's core as rows and columns of a layer with `layer_stride` px between positions, counted
/// from the patch's first. `height`, `width`: of that layer of the patch.
[[nodiscard]] Region core_of_layer(const Tile& tile, image::Size picture, int layer_stride,
                                   int height, int width);

}  // namespace atelier::style
