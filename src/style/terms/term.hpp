// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "style/terms/tile_gradient.hpp"
#include "style/tiled_pass.hpp"
#include "style/tiles.hpp"

namespace atelier::style {

/// A term of the objective that compares what layers show. It sees a picture tile by tile, knows
/// its value once it has seen all, and then brings the gradient back tile by tile: begin(), see()
/// for every tile, value(), add_gradient() for every tile. Zero at its target.
class LayerTerm {
 public:
  virtual ~LayerTerm() = default;

  /// Another picture is about to be seen.
  virtual void begin() = 0;
  virtual void see(const Tile& tile, const TiledPass::Views& views) = 0;
  /// Unweighted. `with_gradient`: whether add_gradient() follows.
  [[nodiscard]] virtual double value(bool with_gradient) = 0;
  /// Adds `weight` times the derivative with respect to the tile's features.
  virtual void add_gradient(const Tile& tile, const TiledPass::Views& views, double weight,
                            TileGradient& gradient) = 0;
};

/// A term of the pixels alone.
class PictureTerm {
 public:
  virtual ~PictureTerm() = default;

  /// Unweighted, of 1 x 3 x H x W. Adds `weight` times the derivative to `gradient`, of that shape,
  /// unless it is undefined.
  [[nodiscard]] virtual double operator()(const at::Tensor& rgb, double weight,
                                          const at::Tensor& gradient) = 0;
};

}  // namespace atelier::style
