// SPDX-License-Identifier: Apache-2.0
#include "style/tiles.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/resources.hpp"
#include "style/backbones.hpp"

namespace atelier::style {
namespace {

/// What a pass needs for each pixel of a patch, bytes: activations of the layers that losses
/// compare, masks and the gradients on their way. Measured with VGG-19 in kernels of our own.
constexpr double kernel_bytes_per_pixel = 700;
/// Larger tiles would gain little: their borders, computed twice, are a tenth of them.
constexpr double most_pass_bytes = 1.4e9;

int rounded_up(int value, int to) {
  return (value + to - 1) / to * to;
}

double bytes_per_pixel(const StylizeOptions& options) {
  return runs_in_libtorch(options) ? find_backbone(options.backbone).bytes_per_pixel
                                   : kernel_bytes_per_pixel;
}

/// One dimension of a tile.
struct Span {
  int begin, end, patch_begin, patch_end;
};

std::vector<Span> spans(int length, int edge, int stride, int reach) {
  const int halo = rounded_up(reach, stride);
  const int count = edge > 0 ? (length + edge - 1) / edge : 1;
  const int core = rounded_up((length + count - 1) / count, stride);
  std::vector<Span> result;
  for (int begin = 0; begin < length; begin += core) {
    const int end = std::min(length, begin + core);
    result.push_back({begin, end, std::max(0, begin - halo), std::min(length, end + halo)});
  }
  return result;
}

}  // namespace

int tile_edge(const StylizeOptions& options) {
  if (options.tile == tile_off) return 0;
  if (options.tile != tile_auto) return options.tile;
  const double bytes =
      std::min(most_pass_bytes, 0.25 * static_cast<double>(available_memory_bytes()));
  constexpr int least = 256, step = 64;
  const int edge = static_cast<int>(std::sqrt(bytes / bytes_per_pixel(options)));
  return std::max(least, edge / step * step);
}

double weights_bytes(const StylizeOptions& options) {
  return runs_in_libtorch(options) ? 0.35e9 : 0.85e9;
}

double pass_bytes(const StylizeOptions& options, image::Size picture) {
  const int halo = find_backbone(options.backbone).halo;
  const int tile = tile_edge(options);
  const auto patch = [&](int length) {
    return static_cast<double>(tile == 0 ? length : std::min(length, tile + 2 * halo));
  };
  return weights_bytes(options) +
         bytes_per_pixel(options) * patch(picture.width) * patch(picture.height);
}

std::vector<Tile> plan_tiles(image::Size picture, int edge, int stride, int reach) {
  std::vector<Tile> tiles;
  for (const Span& y : spans(picture.height, edge, stride, reach)) {
    for (const Span& x : spans(picture.width, edge, stride, reach)) {
      tiles.push_back({{y.begin, x.begin, y.end, x.end},
                       {y.patch_begin, x.patch_begin, y.patch_end, x.patch_end}});
    }
  }
  return tiles;
}

Region core_of_layer(const Tile& tile, image::Size picture, int layer_stride, int height,
                     int width) {
  // At the picture's end the layer's own last position counts, and a layer may end before: poolings
  // and convolutions without padding leave pixels out.
  const auto end = [&](int core_end, int patch_begin, int whole, int layer_end) {
    return core_end == whole ? layer_end
                             : std::min(layer_end, (core_end - patch_begin) / layer_stride);
  };
  Region region;
  region.top = std::min(height, (tile.core.top - tile.patch.top) / layer_stride);
  region.left = std::min(width, (tile.core.left - tile.patch.left) / layer_stride);
  region.bottom = end(tile.core.bottom, tile.patch.top, picture.height, height);
  region.right = end(tile.core.right, tile.patch.left, picture.width, width);
  return region;
}

}  // namespace atelier::style
