// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "style/terms/content_term.hpp"
#include "style/terms/histogram_term.hpp"
#include "style/terms/laplacian_term.hpp"
#include "style/terms/moments_term.hpp"
#include "style/terms/palette_term.hpp"
#include "style/terms/self_similarity_term.hpp"
#include "style/terms/temporal_term.hpp"
#include "style/terms/total_variation_term.hpp"
#include "style/terms/transport_term.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

/// Self-similarity then keeps forms at a weight about as firmly as features do.
constexpr double self_similarity_share = 2;

}  // namespace

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
    : pass_(pass), options_(options) {
  const at::NoGradGuard no_gradient;
  if (options.style_weight > 0) add_style_terms(options, scene);
  picture_terms_.push_back({options.tv_weight, &Losses::tv, 1, total_variation_term()});
  add_terms_of_frame(scene);
}

void Objective::add_terms_of_frame(const Scene& scene) {
  if (options_.content_weight > 0) {
    const bool similar = options_.content_loss == "self-similarity";
    layer_terms_.push_back({options_.content_weight, &Losses::content,
                            similar ? self_similarity_share : 1,
                            similar ? self_similarity_term(pass_, scene, options_.content_layers)
                                    : content_term(pass_, scene, options_.content_layers),
                            true});
  }
  if (options_.laplacian_weight > 0) {
    picture_terms_.push_back(
        {options_.laplacian_weight, &Losses::laplacian, 1, laplacian_term(scene), true});
  }
  if (options_.temporal_weight > 0 && scene.moved.defined()) {
    picture_terms_.push_back({options_.temporal_weight, &Losses::temporal, 1,
                              temporal_term(scene.moved, scene.trust), true});
  }
}

void Objective::show(const Scene& scene) {
  const at::NoGradGuard no_gradient;
  const auto of_frame = [](const auto& weighted) { return weighted.of_frame; };
  std::erase_if(layer_terms_, of_frame);
  std::erase_if(picture_terms_, of_frame);
  add_terms_of_frame(scene);
}

void Objective::add_style_terms(const StylizeOptions& options, const Scene& scene) {
  const auto add = [&](double share, std::unique_ptr<LayerTerm> term) {
    layer_terms_.push_back({options.style_weight, &Losses::style, share, std::move(term)});
  };
  const auto moments = [&](const char* loss) {
    const Blend blend = options.blend_mode == "statistics" ? Blend::statistics : Blend::losses;
    return moments_term(pass_, scene, loss, blend, options.style_layers);
  };
  const bool both = options.loss == "transport";
  if (both || options.loss == "nearest") {
    add(1, transport_term(pass_, scene, both ? Sides::both : Sides::picture, options.style_layers));
    add(1, moments("wasserstein"));
  } else {
    add(1, moments(options.loss.c_str()));
  }
  if (options.histogram_weight > 0) {
    layer_terms_.push_back({options.histogram_weight, &Losses::histogram, 1,
                            histogram_term(pass_, scene, options.style_layers)});
  }
  if (options.palette_weight > 0) {
    picture_terms_.push_back({options.palette_weight, &Losses::palette, 1, palette_term(scene)});
  }
}

void Objective::see(const Tile& tile, const TiledPass::Views& views) {
  for (const auto& weighted : layer_terms_) weighted.term->see(tile, views);
}

void Objective::compare(bool with_gradient, Losses& losses) {
  for (const auto& [weight, loss, share, term, of_frame] : layer_terms_) {
    const double value = share * term->value(with_gradient);
    losses.*loss += value;
    losses.total += weight * value;
  }
}

at::Tensor Objective::back_to_picture(const Tile& tile, const TiledPass::Views& views) {
  TileGradient gradient(pass_.pass(), views);
  for (const auto& [weight, loss, share, term, of_frame] : layer_terms_) {
    term->add_gradient(tile, views, weight * share, gradient);
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
  for (const auto& [weight, loss, share, term, of_frame] : picture_terms_) {
    const double value = share * (*term)(rgb, weight * share, result.gradient);
    losses.*loss += value;
    losses.total += weight * value;
  }
}

}  // namespace atelier::style
