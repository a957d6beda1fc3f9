// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <numeric>

namespace atelier::style {

Objective::Objective(const nets::Vgg& net, const StylizeOptions& options, const at::Tensor& content,
                     const std::vector<at::Tensor>& styles)
    : net_(net),
      content_weight_(options.content_weight),
      style_weight_(options.style_weight),
      tv_weight_(options.tv_weight) {
  const at::NoGradGuard no_gradient;
  if (content_weight_ > 0) {
    const nets::Features features = net.forward(content, options.content_layers);
    for (const auto& layer : options.content_layers) {
      const double share = 1.0 / static_cast<double>(options.content_layers.size());
      content_terms_.push_back({layer, share, content_loss(features.at(layer))});
    }
  }
  std::vector<double> blend = options.blend;
  if (blend.empty()) blend.assign(styles.size(), 1.0);
  const double whole = std::accumulate(blend.begin(), blend.end(), 0.0);
  for (std::size_t i = 0; style_weight_ > 0 && i < styles.size(); ++i) {
    if (blend[i] <= 0) continue;
    const nets::Features features = net.forward(styles[i], options.style_layers);
    for (const auto& layer : options.style_layers) {
      const double share = blend[i] / whole / static_cast<double>(options.style_layers.size());
      style_terms_.push_back({layer, share, style_loss(options.loss, features.at(layer))});
    }
  }
  for (const auto* terms : {&content_terms_, &style_terms_}) {
    for (const auto& term : *terms) layers_.push_back(term.layer);
  }
}

at::Tensor Objective::sum(const std::vector<Term>& terms, const nets::Features& features) {
  at::Tensor total;
  for (const auto& term : terms) {
    const at::Tensor value = (*term.loss)(features.at(term.layer)) * term.weight;
    total = total.defined() ? total + value : value;
  }
  return total;
}

Objective::Evaluation Objective::evaluate(const at::Tensor& rgb, bool with_gradient) const {
  const at::AutoGradMode gradient_mode(with_gradient);
  const at::Tensor x = rgb.detach().requires_grad_(with_gradient);
  const nets::Features features = layers_.empty() ? nets::Features{} : net_.forward(x, layers_);

  Evaluation result;
  at::Tensor total = tv_weight_ * total_variation(x);
  result.losses.tv = tv_weight_ > 0 ? total.item<double>() / tv_weight_
                                    : total_variation(x.detach()).item<double>();
  if (const at::Tensor content = sum(content_terms_, features); content.defined()) {
    result.losses.content = content.item<double>();
    total = total + content_weight_ * content;
  }
  if (const at::Tensor style = sum(style_terms_, features); style.defined()) {
    result.losses.style = style.item<double>();
    total = total + style_weight_ * style;
  }
  result.losses.total = total.item<double>();
  if (with_gradient) result.gradient = torch::autograd::grad({total}, {x})[0];
  return result;
}

}  // namespace atelier::style
