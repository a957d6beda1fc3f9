// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"
#include "nets/vgg.hpp"
#include "style/losses/losses.hpp"

namespace atelier::style {

/// content_weight * content + style_weight * style + tv_weight * tv at one scale, with its targets.
/// Layers of a term count equally; several styles count by their blend weights, which sum to 1.
class Objective {
 public:
  /// `content`: 1 x 3 x H x W; `styles`: any sizes; `blend`: one weight a style, positive, or empty
  /// for equal ones.
  Objective(const nets::Vgg& net, const StylizeOptions& options, const at::Tensor& content,
            const std::vector<at::Tensor>& styles);

  struct Evaluation {
    Losses losses;
    at::Tensor gradient;  ///< of the total, shape of the picture; undefined when not asked for
  };
  /// `rgb` has the content's shape. Losses are in the picture's precision.
  [[nodiscard]] Evaluation evaluate(const at::Tensor& rgb, bool with_gradient) const;

 private:
  struct Term {
    std::string layer;
    double weight;
    std::unique_ptr<LayerLoss> loss;
  };
  [[nodiscard]] static at::Tensor sum(const std::vector<Term>& terms,
                                      const nets::Features& features);

  const nets::Vgg& net_;
  double content_weight_, style_weight_, tv_weight_;
  std::vector<std::string> layers_;
  std::vector<Term> content_terms_, style_terms_;
};

}  // namespace atelier::style
