// SPDX-License-Identifier: Apache-2.0
#include "style/terms/self_similarity_term.hpp"

#include <ATen/ATen.h>

#include <optional>

#include "style/losses/self_similarity.hpp"
#include "style/terms/cells.hpp"

namespace atelier::style {
namespace {

constexpr std::int64_t most_cells = 1024;

class SelfSimilarityTerm final : public LayerTerm {
 public:
  SelfSimilarityTerm(TiledPass& pass, const Scene& scene, const std::vector<std::string>& layers)
      : cells_(pass, size_of(scene.content), layers, most_cells) {
    const Cells::Sums photograph = cells_of(pass, cells_, scene.content);
    scale_ = equal_scales(photograph);
    if (cells_.count() < 2) return;
    const at::Tensor rows = cells_.rows(photograph, scale_);
    const at::Tensor& guide = scene.content_guide.picture;
    loss_.emplace(rows, guide.defined() ? cells_.means(guide).to(rows.options()) : guide);
  }

  void begin() override {
    sums_.clear();
    by_sums_.clear();
  }

  void see(const Tile&, const TiledPass::Views& views) override { cells_.gather(views, sums_); }

  double value(bool with_gradient) override {
    if (!loss_) return 0;
    const RowsLoss loss = (*loss_)(cells_.rows(sums_, scale_), with_gradient);
    if (with_gradient) by_sums_ = cells_.by_sums(loss.by_rows, sums_, scale_);
    return loss.value;
  }

  void add_gradient(const Tile&, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) override {
    if (loss_) cells_.scatter(by_sums_, views, weight, gradient);
  }

 private:
  Cells cells_;
  std::map<std::string, double> scale_;
  std::optional<SelfSimilarity> loss_;  // none of a picture of one cell
  Cells::Sums sums_, by_sums_;
};

}  // namespace

std::unique_ptr<LayerTerm> self_similarity_term(TiledPass& pass, const Scene& scene,
                                                const std::vector<std::string>& layers) {
  return std::make_unique<SelfSimilarityTerm>(pass, scene, layers);
}

}  // namespace atelier::style
