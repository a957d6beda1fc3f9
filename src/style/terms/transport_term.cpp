// SPDX-License-Identifier: Apache-2.0
#include "style/terms/transport_term.hpp"

#include <ATen/ATen.h>

#include "style/terms/cells.hpp"

namespace atelier::style {
namespace {

constexpr std::int64_t most_cells = 4096;  // of the picture, and of each style

/// A cell's weight in a region.
at::Tensor weights_in(const Guide& guide, const Cells& cells, const at::TensorOptions& like) {
  return guide.picture.defined() ? cells.means(guide.picture).to(like)
                                 : at::ones({cells.count()}, like);
}

/// Rows less their weighted mean.
at::Tensor centred(const at::Tensor& rows, const at::Tensor& share) {
  return rows - (rows * share.unsqueeze(1)).sum(0, /*keepdim=*/true);
}

class TransportTerm final : public LayerTerm {
 public:
  TransportTerm(TiledPass& pass, const Scene& scene, Sides sides,
                const std::vector<std::string>& layers)
      : sides_(sides), cells_(pass, size_of(scene.content), layers, most_cells) {
    std::map<std::size_t, Cells> cells;
    std::map<std::size_t, Cells::Sums> seen;
    for (const StyleRegion& region : scene.regions) {
      for (const auto& [style, weight] : region.styles) {
        if (seen.contains(style)) continue;
        const at::Tensor& picture = scene.styles[style];
        const auto cut =
            cells.emplace(style, Cells(pass, size_of(picture), layers, most_cells)).first;
        seen[style] = cells_of(pass, cut->second, picture);
        if (scale_.empty()) scale_ = equal_scales(seen[style]);
      }
    }
    for (const StyleRegion& region : scene.regions) {
      for (const auto& [style, weight] : region.styles) {
        at::Tensor rows = cells.at(style).rows(seen.at(style), scale_);
        if (sides == Sides::picture) rows = rows - rows.mean(0, true);
        parts_.push_back(
            {weight * region.guide.share, weights_in(region.guide, cells_, rows.options()), rows});
      }
    }
  }

  void begin() override {
    sums_.clear();
    by_sums_.clear();
  }

  void see(const Tile&, const TiledPass::Views& views) override { cells_.gather(views, sums_); }

  double value(bool with_gradient) override {
    const at::Tensor rows = cells_.rows(sums_, scale_);
    at::Tensor by_rows = at::zeros_like(rows);
    double value = 0;
    for (const Part& part : parts_) {
      if (!(part.weights.sum().item<double>() > 0)) continue;
      const at::Tensor share = part.weights / part.weights.sum();
      const bool centre = sides_ == Sides::picture;
      const RowsLoss loss = relaxed_transport(centre ? centred(rows, share) : rows, part.weights,
                                              part.style, Cost::cosine, sides_, with_gradient);
      value += part.weight * loss.value;
      if (!with_gradient) continue;
      by_rows.add_(loss.by_rows, part.weight);
      // The mean moves with every row.
      if (centre) by_rows.sub_(share.unsqueeze(1) * loss.by_rows.sum(0, true), part.weight);
    }
    if (with_gradient) by_sums_ = cells_.by_sums(by_rows, sums_, scale_);
    return value;
  }

  void add_gradient(const Tile&, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) override {
    cells_.scatter(by_sums_, views, weight, gradient);
  }

 private:
  /// One style in one region.
  struct Part {
    double weight;
    at::Tensor weights;  // a cell
    at::Tensor style;    // rows
  };
  Sides sides_;
  Cells cells_;
  std::map<std::string, double> scale_;
  std::vector<Part> parts_;
  Cells::Sums sums_, by_sums_;
};

}  // namespace

std::unique_ptr<LayerTerm> transport_term(TiledPass& pass, const Scene& scene, Sides sides,
                                          const std::vector<std::string>& layers) {
  return std::make_unique<TransportTerm>(pass, scene, sides, layers);
}

}  // namespace atelier::style
