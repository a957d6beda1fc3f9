// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"
#include "style/scene.hpp"
#include "style/terms/term.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

/// The layers that an objective with these options compares.
[[nodiscard]] std::vector<std::string> objective_layers(const StylizeOptions& options);

/// The weighted sum of the terms that the options ask for, at one scale, with its targets; a term
/// without weight is not computed. Layers of a term count equally.
///
/// Terms know a picture through what they sum over its tiles. A picture of several tiles is
/// therefore seen twice: once to sum, once more to bring the gradient back, tile by tile. What
/// comes out is that of the whole picture, but for rounding, in the memory of one tile.
class Objective {
 public:
  /// `pass`: to objective_layers(options); must outlive this.
  Objective(TiledPass& pass, const StylizeOptions& options, const Scene& scene);

  /// Where the time of an evaluation went, seconds.
  struct Seconds {
    double forward = 0, losses = 0, backward = 0;
  };

  struct Evaluation {
    Losses losses;
    Seconds seconds;
    at::Tensor gradient;  ///< of the total, shape of the picture; undefined when not asked for
  };
  /// Another frame of a film: the same styles and regions, in pictures of the same size.
  void show(const Scene& scene);
  /// `rgb` has the content's shape.
  [[nodiscard]] Evaluation evaluate(const at::Tensor& rgb, bool with_gradient);

 private:
  template <class Term>
  struct Weighted {
    double weight;         ///< of the loss in the total
    double Losses::*loss;  ///< what it is told as
    double share;          ///< of the term in that loss
    std::unique_ptr<Term> term;
    bool of_frame = false;  ///< whether it knows more of the scene than its styles and regions
  };

  void add_style_terms(const StylizeOptions& options, const Scene& scene);
  void compute(const at::Tensor& rgb, bool with_gradient, Evaluation& result);
  void see(const Tile& tile, const TiledPass::Views& views);
  void compare(bool with_gradient, Losses& losses);
  [[nodiscard]] at::Tensor back_to_picture(const Tile& tile, const TiledPass::Views& views);

  void add_terms_of_frame(const Scene& scene);

  TiledPass& pass_;
  StylizeOptions options_;
  std::vector<Weighted<LayerTerm>> layer_terms_;
  std::vector<Weighted<PictureTerm>> picture_terms_;
};

}  // namespace atelier::style
