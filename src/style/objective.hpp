// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"
#include "style/losses/losses.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

/// The layers that an objective with these options compares.
[[nodiscard]] std::vector<std::string> objective_layers(const StylizeOptions& options);

/// content_weight * content + style_weight * style + tv_weight * tv at one scale, with its targets.
/// Layers of a term count equally; several styles count by their blend weights, which sum to 1.
/// Content, of a layer: mean (F - Fc)^2 / mean Fc^2, the squared error of activations relative to
/// the photograph's own energy. Source: Gatys 2016, eq. 1; the division is ours.
///
/// Style losses depend on the picture through sums over positions alone. A picture of several tiles
/// is therefore seen twice: once to sum, once more to bring the gradient back, tile by tile. What
/// comes out is that of the whole picture, but for rounding, in the memory of one tile.
class Objective {
 public:
  /// `pass`: to objective_layers(options); must outlive this. `content`: 1 x 3 x H x W; `styles`:
  /// any sizes.
  Objective(TiledPass& pass, const StylizeOptions& options, const at::Tensor& content,
            const std::vector<at::Tensor>& styles);

  /// Where the time of an evaluation went, seconds.
  struct Seconds {
    double forward = 0, losses = 0, backward = 0;
  };

  struct Evaluation {
    Losses losses;
    Seconds seconds;
    at::Tensor gradient;  ///< of the total, shape of the picture; undefined when not asked for
  };
  /// `rgb` has the content's shape.
  [[nodiscard]] Evaluation evaluate(const at::Tensor& rgb, bool with_gradient);

 private:
  struct StyleTerm {
    double weight;
    std::unique_ptr<StyleLoss> loss;
  };
  /// What is asked of one layer.
  struct Layer {
    std::vector<StyleTerm> styles;
    at::Tensor near;           ///< a mean to expect, for precision
    at::Tensor content;        ///< the photograph's activations; undefined: not compared
    double content_share = 0;  ///< of the content term, for each unit of squared difference
  };
  /// df = matrix f + offset + content (f - the photograph's).
  struct LayerGradient {
    at::Tensor matrix, offset;  ///< undefined: no style term
    double content = 0;
  };
  using LayerGradients = std::map<std::string, LayerGradient>;
  using Sums = std::map<std::string, MomentSums>;

  void compute(const at::Tensor& rgb, bool with_gradient, Evaluation& result);
  void remember_styles(const StylizeOptions& options, const std::vector<at::Tensor>& styles);
  void remember_content(const StylizeOptions& options, const at::Tensor& content);
  void measure(const TiledPass::Views& views, Sums& sums, Losses& losses) const;
  [[nodiscard]] LayerGradients compare(const Sums& sums, bool with_gradient, Losses& losses) const;
  [[nodiscard]] at::Tensor back_to_picture(const TiledPass::Views& views,
                                           const LayerGradients& gradients);
  [[nodiscard]] at::Tensor gradient_at(const Layer& layer, const LayerGradient& gradient,
                                       const TiledPass::View& view) const;

  TiledPass& pass_;
  double content_weight_, style_weight_, tv_weight_;
  std::map<std::string, Layer> layers_;
};

}  // namespace atelier::style
