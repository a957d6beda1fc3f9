// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

#include "style/tiled_pass.hpp"

namespace atelier::style {

/// The gradient with respect to the features of one tile, as terms add to it.
class TileGradient {
 public:
  /// Both must outlive this.
  TileGradient(const nets::Pass& pass, const TiledPass::Views& views)
      : pass_(pass), views_(views) {}

  /// Adds matrix f + offset at each position f of the layer's core, times its weight: the cheap
  /// way, which needs no memory of the layer's size. C x C and C, double; `weights`: 1 x 1 and the
  /// core's height and width, or undefined for 1.
  void add_map(const std::string& layer, const at::Tensor& matrix, const at::Tensor& offset,
               const at::Tensor& weights = {});

  /// Adds to the layer's core; `part` has its shape, 1 x C x h x w, and may be kept.
  void add(const std::string& layer, const at::Tensor& part);

  /// What was added so far by add(), zeros at first, to add to.
  [[nodiscard]] at::Tensor& part(const std::string& layer);

  /// The sum, layer by layer, as Pass::backward() takes it. May be written over the features.
  [[nodiscard]] nets::Features finish() &&;

 private:
  struct Map {
    at::Tensor matrix, offset, weights;
  };
  [[nodiscard]] at::Tensor mapped(const TiledPass::View& view, const std::vector<Map>& maps) const;

  const nets::Pass& pass_;
  const TiledPass::Views& views_;
  std::map<std::string, std::vector<Map>> maps_;
  std::map<std::string, at::Tensor> parts_;
};

}  // namespace atelier::style
