// SPDX-License-Identifier: Apache-2.0
#include "style/terms/cells.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace atelier::style {

Cells::Cells(const TiledPass& pass, image::Size picture, const std::vector<std::string>& layers,
             std::int64_t most) {
  const auto cut = [&](int edge) {
    rows_ = picture.height / edge;
    columns_ = picture.width / edge;
    for (const auto& layer : layers) {
      const image::Size size = pass.layer_size(layer, picture);
      const int stride = pass.stride(layer);
      rows_ = std::min<std::int64_t>(rows_, std::int64_t{size.height} * stride / edge);
      columns_ = std::min<std::int64_t>(columns_, std::int64_t{size.width} * stride / edge);
    }
  };
  for (const auto& layer : layers) strides_[layer] = pass.stride(layer);
  for (cut(edge_); count() > most; cut(edge_)) edge_ *= 2;
}

Cells::Links Cells::links(int stride, int begin, int end, std::int64_t cells,
                          const at::Device& device) const {
  const auto index = at::TensorOptions(at::kLong).device(device);
  if (stride <= edge_) {
    const int each = edge_ / stride;
    const std::int64_t last = std::min<std::int64_t>(end, cells * each);
    const std::int64_t length = std::max<std::int64_t>(0, last - begin);
    const at::Tensor positions = at::arange(length, index);
    return {positions, at::floor_divide(positions + begin, each), 1.0 / each};
  }
  const int each = stride / edge_;
  const std::int64_t first = std::int64_t{begin} * each;
  const std::int64_t length =
      std::max<std::int64_t>(0, std::min<std::int64_t>(std::int64_t{end} * each, cells) - first);
  const at::Tensor of_cells = at::arange(length, index) + first;
  return {at::floor_divide(of_cells, each) - begin, of_cells, 1.0};
}

void Cells::gather(const TiledPass::Views& views, Sums& sums) const {
  for (const auto& [layer, stride] : strides_) {
    const auto& [features, region, place] = views.at(layer);
    at::Tensor& sum = sums[layer];
    // Rows and columns outermost: what is added up is contiguous.
    if (!sum.defined()) {
      sum = at::zeros({rows_, columns_, features.size(1)}, features.options())
                .permute({2, 0, 1})
                .unsqueeze(0);
    }
    const Links down = links(stride, place.top, place.bottom, rows_, features.device());
    const Links across = links(stride, place.left, place.right, columns_, features.device());
    if (down.cells.numel() == 0 || across.cells.numel() == 0) continue;
    const at::Tensor part = part_of(features, region).squeeze(0).permute({1, 2, 0});
    const at::Tensor by_row = at::zeros({rows_, part.size(1), part.size(2)}, part.options())
                                  .index_add_(0, down.cells, part.index_select(0, down.positions));
    sum.squeeze(0).permute({1, 2, 0}).index_add_(
        1, across.cells, by_row.index_select(1, across.positions), down.weight * across.weight);
  }
}

void Cells::scatter(const Sums& by_sums, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) const {
  for (const auto& [layer, stride] : strides_) {
    const auto& [features, region, place] = views.at(layer);
    const Links down = links(stride, place.top, place.bottom, rows_, features.device());
    const Links across = links(stride, place.left, place.right, columns_, features.device());
    if (down.cells.numel() == 0 || across.cells.numel() == 0) continue;
    const at::Tensor grid = by_sums.at(layer).squeeze(0).permute({1, 2, 0});
    const at::Tensor to = gradient.part(layer).squeeze(0).permute({1, 2, 0});
    const at::Tensor by_row =
        at::zeros({grid.size(0), to.size(1), grid.size(2)}, grid.options())
            .index_add_(1, across.positions, grid.index_select(1, across.cells));
    to.index_add_(0, down.positions, by_row.index_select(0, down.cells),
                  weight * down.weight * across.weight);
  }
}

at::Tensor Cells::rows(const Sums& sums, const std::map<std::string, double>& scale) const {
  std::vector<at::Tensor> layers;
  for (const auto& [layer, sum] : sums) {
    layers.push_back(sum.squeeze(0).permute({1, 2, 0}).reshape({count(), -1}) * scale.at(layer));
  }
  return at::cat(layers, 1);
}

Cells::Sums Cells::by_sums(const at::Tensor& by_rows, const Sums& like,
                           const std::map<std::string, double>& scale) const {
  Sums result;
  std::int64_t first = 0;
  for (const auto& [layer, sum] : like) {
    const std::int64_t channels = sum.size(1);
    result[layer] = (by_rows.narrow(1, first, channels) * scale.at(layer))
                        .reshape({rows_, columns_, channels})
                        .permute({2, 0, 1})
                        .unsqueeze(0);
    first += channels;
  }
  return result;
}

at::Tensor Cells::means(const at::Tensor& picture) const {
  return at::avg_pool2d(picture, {edge_, edge_})
      .narrow(2, 0, rows_)
      .narrow(3, 0, columns_)
      .reshape({-1});
}

std::map<std::string, double> equal_scales(const Cells::Sums& sums) {
  std::map<std::string, double> scales;
  for (const auto& [layer, sum] : sums) {
    const auto cells = static_cast<double>(sum.size(2) * sum.size(3));
    const double square = sum.square().sum(at::kDouble).item<double>() / std::max(cells, 1.0);
    scales[layer] = 1.0 / std::sqrt(std::max(square, 1e-12));
  }
  return scales;
}

Cells::Sums cells_of(TiledPass& pass, const Cells& cells, const at::Tensor& picture) {
  Cells::Sums sums;
  pass.forward(picture, nets::WayBack::none,
               [&](const Tile&, const TiledPass::Views& views) { cells.gather(views, sums); });
  return sums;
}

}  // namespace atelier::style
