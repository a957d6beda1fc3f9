// SPDX-License-Identifier: Apache-2.0
#include "style/terms/palette_term.hpp"

#include <ATen/ATen.h>

#include <cmath>

#include "style/losses/relaxed_transport.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {
namespace {

constexpr std::int64_t most_cells = 4096;

/// A power of two px that leaves at most so many cells.
int cell_edge(image::Size size) {
  int edge = 1;
  while (std::int64_t{size.width / edge} * (size.height / edge) > most_cells) edge *= 2;
  return edge;
}

at::Tensor opponent_axes(const at::TensorOptions& like) {
  const double a = 1 / std::sqrt(3.0), b = 1 / std::sqrt(6.0), c = 1 / std::sqrt(2.0);
  return at::tensor({a, a, a, b, b, -2 * b, c, -c, 0.0}, at::kDouble).view({3, 3}).to(like);
}

/// 1 x C x H x W averaged over cells, as cells x C.
at::Tensor cell_rows(const at::Tensor& picture, int edge) {
  const at::Tensor means = at::avg_pool2d(picture, {edge, edge});
  return means.squeeze(0).permute({1, 2, 0}).reshape({-1, picture.size(1)});
}

class PaletteTerm final : public PictureTerm {
 public:
  explicit PaletteTerm(const Scene& scene)
      : edge_(cell_edge(size_of(scene.content))), axes_(opponent_axes(scene.content.options())) {
    for (const StyleRegion& region : scene.regions) {
      at::Tensor weights;
      if (region.guide.picture.defined()) {
        weights = cell_rows(region.guide.picture, edge_).squeeze(1).to(axes_.options());
        if (!(weights.sum().item<double>() > 0)) continue;
      }
      for (const auto& [style, weight] : region.styles) {
        const at::Tensor& picture = scene.styles[style];
        parts_.push_back({weight * region.guide.share, weights,
                          cell_rows(picture, cell_edge(size_of(picture))).mm(axes_.t())});
      }
    }
  }

  double operator()(const at::Tensor& rgb, double weight, const at::Tensor& gradient) override {
    const at::Tensor rows = cell_rows(rgb, edge_).mm(axes_.t());
    double value = 0;
    at::Tensor by_rows = at::zeros_like(rows);
    for (const Part& part : parts_) {
      const at::Tensor weights =
          part.weights.defined() ? part.weights : at::ones({rows.size(0)}, rows.options());
      const RowsLoss loss = relaxed_transport(rows, weights, part.style, Cost::euclidean,
                                              Sides::both, gradient.defined());
      value += part.weight * loss.value;
      if (gradient.defined()) by_rows.add_(loss.by_rows, part.weight);
    }
    if (!gradient.defined()) return value;
    const std::int64_t height = rgb.size(2) / edge_, width = rgb.size(3) / edge_;
    const at::Tensor by_cells = by_rows.mm(axes_)
                                    .mul_(weight / (static_cast<double>(edge_) * edge_))
                                    .view({height, width, 3})
                                    .permute({2, 0, 1})
                                    .unsqueeze(0);
    gradient.narrow(2, 0, height * edge_)
        .narrow(3, 0, width * edge_)
        .add_(by_cells.repeat_interleave(edge_, 2).repeat_interleave(edge_, 3));
    return value;
  }

 private:
  /// One style in one region.
  struct Part {
    double weight;
    at::Tensor weights;  // a cell; undefined: all alike
    at::Tensor style;    // rows
  };
  int edge_;
  at::Tensor axes_;
  std::vector<Part> parts_;
};

}  // namespace

std::unique_ptr<PictureTerm> palette_term(const Scene& scene) {
  return std::make_unique<PaletteTerm>(scene);
}

}  // namespace atelier::style
