// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "style/terms/content_term.hpp"
#include "style/terms/moments_term.hpp"
#include "style/terms/total_variation_term.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {

std::vector<std::string> objective_layers(const StylizeOptions& options) {
  std::vector<std::string> layers;
  const auto add = [&](const std::vector<std::string>& names) {
    for (const auto& name : names) {
      if (std::find(layers.begin(), layers.end(), name) == layers.end()) layers.push_back(name);
    }
  };
  if (options.content_weight > 0) add(options.content_layers);
  if (options.style_weight > 0) add(options.style_layers);
  return layers;
}

Objective::Objective(TiledPass& pass, const StylizeOptions& options, const Scene& scene)
    : pass_(pass) {
  const at::NoGradGuard no_gradient;
  if (options.style_weight > 0) {
    layer_terms_.push_back(
        {options.style_weight, &Losses::style,
         moments_term(pass, scene, options.loss,
                      options.blend_mode == "statistics" ? Blend::statistics : Blend::losses,
                      options.style_layers)});
  }
  if (options.content_weight > 0) {
    layer_terms_.push_back({options.content_weight, &Losses::content,
                            content_term(pass, scene, options.content_layers)});
  }
  picture_terms_.push_back({options.tv_weight, &Losses::tv, total_variation_term()});
}

void Objective::see(const Tile& tile, const TiledPass::Views& views) {
  for (const auto& weighted : layer_terms_) weighted.term->see(tile, views);
}

void Objective::compare(bool with_gradient, Losses& losses) {
  for (const auto& [weight, loss, term] : layer_terms_) {
    const double value = term->value(with_gradient);
    losses.*loss += value;
    losses.total += weight * value;
  }
}

at::Tensor Objective::back_to_picture(const Tile& tile, const TiledPass::Views& views) {
  TileGradient gradient(pass_.pass(), views);
  for (const auto& [weight, loss, term] : layer_terms_) {
    term->add_gradient(tile, views, weight, gradient);
  }
  return pass_.backward(std::move(gradient).finish());
}

Objective::Evaluation Objective::evaluate(const at::Tensor& rgb, bool with_gradient) {
  const at::NoGradGuard no_gradient;
  Evaluation result;
  double whole = 0;
  const TiledPass::Seconds before = pass_.seconds();
  {
    const Stopwatch watch(whole);
    compute(rgb, with_gradient, result);
  }
  result.seconds.forward = pass_.seconds().forward - before.forward;
  result.seconds.backward = pass_.seconds().backward - before.backward;
  result.seconds.losses = whole - result.seconds.forward - result.seconds.backward;
  return result;
}

void Objective::compute(const at::Tensor& rgb, bool with_gradient, Evaluation& result) {
  Losses& losses = result.losses;
  for (const auto& weighted : layer_terms_) weighted.term->begin();
  if (with_gradient && !layer_terms_.empty() && pass_.tile_count(size_of(rgb)) == 1) {
    pass_.forward(
        rgb, nets::WayBack::follows, [&](const Tile& tile, const TiledPass::Views& views) {
          see(tile, views);
          compare(with_gradient, losses);
          result.gradient = back_to_picture(tile, views).contiguous(at::MemoryFormat::ChannelsLast);
        });
  } else {
    if (!layer_terms_.empty()) {
      pass_.forward(rgb, nets::WayBack::none,
                    [&](const Tile& tile, const TiledPass::Views& views) { see(tile, views); });
      compare(with_gradient, losses);
    }
    if (with_gradient) result.gradient = tensor::spillable_zeros(rgb.sizes(), rgb.options());
    if (with_gradient && !layer_terms_.empty()) {
      pass_.forward(rgb, nets::WayBack::follows,
                    [&](const Tile& tile, const TiledPass::Views& views) {
                      part_of(result.gradient, tile.patch).add_(back_to_picture(tile, views));
                      tensor::let_go(result.gradient);
                    });
    }
  }
  for (const auto& [weight, loss, term] : picture_terms_) {
    const double value = (*term)(rgb, weight, result.gradient);
    losses.*loss += value;
    losses.total += weight * value;
  }
}

}  // namespace atelier::style
