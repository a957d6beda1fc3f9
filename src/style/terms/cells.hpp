// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

#include "style/terms/tile_gradient.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

/// A picture cut into square cells and what layers show of each: their activations averaged over
/// the cell, side by side in one row (a hypercolumn). Where a layer's positions are larger than
/// cells, those within one share it. Means, not samples, so that a gradient reaches every position
/// alike and leaves no dots; linear and local, so that tiles add up to the whole.
class Cells {
 public:
  /// Cells of a power of two px, as small as leaves at most `most` of them. Cells that the
  /// picture's end or a layer's cuts are left out.
  Cells(const TiledPass& pass, image::Size picture, const std::vector<std::string>& layers,
        std::int64_t most);

  [[nodiscard]] std::int64_t count() const { return rows_ * columns_; }
  [[nodiscard]] int edge() const { return edge_; }

  /// Adds a tile's part of the cells' rows to `sums`: 1 x C x rows x columns by layer, made when
  /// missing.
  using Sums = std::map<std::string, at::Tensor>;
  void gather(const TiledPass::Views& views, Sums& sums) const;
  /// Brings `weight` times the derivatives with respect to those back to a tile's features.
  void scatter(const Sums& by_sums, const TiledPass::Views& views, double weight,
               TileGradient& gradient) const;

  /// Sums as rows, count() x C of all layers, each layer times its scale; and the other way.
  [[nodiscard]] at::Tensor rows(const Sums& sums, const std::map<std::string, double>& scale) const;
  [[nodiscard]] Sums by_sums(const at::Tensor& by_rows, const Sums& like,
                             const std::map<std::string, double>& scale) const;

  /// Means over the cells of one value a pixel, 1 x 1 x H x W: count().
  [[nodiscard]] at::Tensor means(const at::Tensor& picture) const;

 private:
  /// Along one axis: position i counts to cell j with this weight.
  struct Links {
    at::Tensor positions, cells;
    double weight = 1;
  };
  [[nodiscard]] Links links(int stride, int begin, int end, std::int64_t cells,
                            const at::Device& device) const;

  std::map<std::string, int> strides_;
  int edge_ = 1;
  std::int64_t rows_ = 0, columns_ = 0;
};

/// Of each layer: 1 / root mean square length of its part of a row, so that layers count alike.
[[nodiscard]] std::map<std::string, double> equal_scales(const Cells::Sums& sums);

/// What a whole picture shows in cells, without a gradient.
[[nodiscard]] Cells::Sums cells_of(TiledPass& pass, const Cells& cells, const at::Tensor& picture);

}  // namespace atelier::style
