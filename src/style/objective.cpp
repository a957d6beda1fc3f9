// SPDX-License-Identifier: Apache-2.0
#include "style/objective.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "atelier/base/stopwatch.hpp"
#include "style/losses/total_variation.hpp"
#include "tensor/activations.hpp"
#include "tensor/parallel.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {

namespace {

/// The sum of squares of values, or of their differences to those of `from`, in double.
double squared_sum(const at::Tensor& values, const at::Tensor* from = nullptr) {
  // On the processor no copy of all is made.
  const std::int64_t rows = values.device().is_cpu() ? 8 : values.size(2);
  double sum = 0;
  for (std::int64_t y = 0; y < values.size(2); y += rows) {
    const std::int64_t count = std::min(rows, values.size(2) - y);
    const at::Tensor strip = values.narrow(2, y, count);
    sum +=
        (from ? strip - from->narrow(2, y, count) : strip).square().sum(at::kDouble).item<double>();
  }
  return sum;
}

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

Objective::Objective(TiledPass& pass, const StylizeOptions& options, const at::Tensor& content,
                     const std::vector<at::Tensor>& styles)
    : pass_(pass),
      content_weight_(options.content_weight),
      style_weight_(options.style_weight),
      tv_weight_(options.tv_weight) {
  const at::NoGradGuard no_gradient;
  for (const auto& name : pass.layers()) layers_[name];
  if (style_weight_ > 0) remember_styles(options, styles);
  if (content_weight_ > 0) remember_content(options, content);
}

void Objective::remember_styles(const StylizeOptions& options,
                                const std::vector<at::Tensor>& styles) {
  std::vector<double> blend = options.blend;
  if (blend.empty()) blend.assign(styles.size(), 1.0);
  const double whole = std::accumulate(blend.begin(), blend.end(), 0.0);
  for (std::size_t i = 0; i < styles.size(); ++i) {
    if (blend[i] <= 0) continue;
    const std::map<std::string, Moments> targets = pass_.moments(styles[i]);
    for (const auto& name : options.style_layers) {
      const double share = blend[i] / whole / static_cast<double>(options.style_layers.size());
      Layer& layer = layers_.at(name);
      layer.styles.push_back({share, style_loss(options.loss, targets.at(name))});
      if (!layer.near.defined()) layer.near = targets.at(name).mean;
    }
  }
}

void Objective::remember_content(const StylizeOptions& options, const at::Tensor& content) {
  std::map<std::string, double> energies;
  pass_.forward(content, nets::WayBack::none, [&](const Tile&, const TiledPass::Views& views) {
    for (const auto& name : options.content_layers) {
      const auto& [features, region, place] = views.at(name);
      at::Tensor& remembered = layers_.at(name).content;
      if (!remembered.defined()) {
        const image::Size size = pass_.layer_size(name, size_of(content));
        remembered = tensor::spillable_zeros({1, features.size(1), size.height, size.width},
                                             features.options());
      }
      const at::Tensor part = part_of(features, region);
      part_of(remembered, place).copy_(part);
      tensor::let_go(remembered);
      energies[name] += squared_sum(part);
    }
  });
  for (const auto& [name, energy] : energies) {
    // Keeps the division finite where a layer sees nothing at all.
    layers_.at(name).content_share =
        1.0 / (static_cast<double>(options.content_layers.size()) * std::max(energy, 1e-12));
  }
}

void Objective::measure(const TiledPass::Views& views, Sums& sums, Losses& losses) const {
  for (const auto& [name, view] : views) {
    const Layer& layer = layers_.at(name);
    if (!layer.styles.empty()) {
      sums.try_emplace(name, layer.near).first->second.add(view.features, view.region);
    }
    if (layer.content.defined()) {
      const at::Tensor shown = part_of(layer.content, view.place);
      losses.content +=
          layer.content_share * squared_sum(part_of(view.features, view.region), &shown);
      tensor::let_go(layer.content);
    }
  }
}

Objective::LayerGradients Objective::compare(const Sums& sums, bool with_gradient,
                                             Losses& losses) const {
  struct Job {
    std::string name;
    const StyleTerm* term;
    Moments seen;
    StyleLoss::Value value;
  };
  std::vector<Job> jobs;
  for (const auto& [name, of_layer] : sums) {
    const Moments seen = of_layer.moments();
    for (const StyleTerm& term : layers_.at(name).styles) jobs.push_back({name, &term, seen, {}});
  }
  // Terms are independent of each other, and what takes longest in them uses one core: side by
  // side, the widest layers first.
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) {
    return a.seen.mean.size(0) > b.seen.mean.size(0);
  });
  tensor::parallel_for(static_cast<std::int64_t>(jobs.size()), [&](std::int64_t i, int) {
    Job& job = jobs[static_cast<std::size_t>(i)];
    job.value = (*job.term->loss)(job.seen, with_gradient);
  });

  LayerGradients gradients;
  for (const Job& job : jobs) {
    losses.style += job.term->weight * job.value.value;
    if (!with_gradient) continue;
    // d/df of a function of mean m and covariance C of n positions: (by_m + 2 by_C (f - m)) / n.
    const double factor = style_weight_ * job.term->weight / job.seen.positions;
    const at::Tensor matrix = job.value.by_covariance * (2 * factor);
    const at::Tensor offset = job.value.by_mean * factor - matrix.mv(job.seen.mean);
    LayerGradient& gradient = gradients[job.name];
    gradient.matrix = gradient.matrix.defined() ? gradient.matrix + matrix : matrix;
    gradient.offset = gradient.offset.defined() ? gradient.offset + offset : offset;
  }
  for (const auto& [name, layer] : layers_) {
    if (layer.content.defined())
      gradients[name].content = content_weight_ * 2 * layer.content_share;
  }
  return gradients;
}

at::Tensor Objective::gradient_at(const Layer& layer, const LayerGradient& gradient,
                                  const TiledPass::View& view) const {
  const auto& [features, region, place] = view;
  at::Tensor from_content;
  if (gradient.content != 0) {
    from_content =
        (part_of(features, region) - part_of(layer.content, place)).mul_(gradient.content);
    tensor::let_go(layer.content);
  }
  at::Tensor result = features;
  const auto activations = tensor::as_activations(features);
  if (pass_.pass().takes_gradients_in_place() && activations) {
    if (gradient.matrix.defined()) {
      const at::Tensor matrix = gradient.matrix.contiguous(), offset = gradient.offset.contiguous();
      tensor::AffineMap(matrix.data_ptr<double>(), offset.data_ptr<double>(), activations->channels)
          .apply(*activations, region);
    } else {
      features.zero_();
    }
  } else {
    result = at::zeros_like(features);
    if (gradient.matrix.defined()) {
      const at::Tensor f = positions(features, region);
      const at::Tensor mapped =
          gradient.matrix.to(f.options()).mm(f) + gradient.offset.to(f.options()).unsqueeze(1);
      at::Tensor part = part_of(result, region);
      part.copy_(mapped.view({1, mapped.size(0), part.size(2), part.size(3)}));
    }
  }
  if (from_content.defined()) part_of(result, region).add_(from_content);
  return result;
}

at::Tensor Objective::back_to_picture(const TiledPass::Views& views,
                                      const LayerGradients& gradients) {
  nets::Features on_features;
  for (const auto& [name, view] : views) {
    const auto gradient = gradients.find(name);
    if (gradient == gradients.end()) continue;
    on_features[name] = gradient_at(layers_.at(name), gradient->second, view);
  }
  return pass_.backward(on_features);
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
  Sums sums;
  if (with_gradient && !layers_.empty() && pass_.tile_count(size_of(rgb)) == 1) {
    pass_.forward(rgb, nets::WayBack::follows, [&](const Tile&, const TiledPass::Views& views) {
      measure(views, sums, losses);
      result.gradient = back_to_picture(views, compare(sums, with_gradient, losses))
                            .contiguous(at::MemoryFormat::ChannelsLast);
    });
  } else {
    if (!layers_.empty()) {
      pass_.forward(rgb, nets::WayBack::none, [&](const Tile&, const TiledPass::Views& views) {
        measure(views, sums, losses);
      });
    }
    const LayerGradients gradients = compare(sums, with_gradient, losses);
    if (with_gradient) {
      result.gradient = tensor::spillable_zeros(rgb.sizes(), rgb.options());
    }
    if (with_gradient && !layers_.empty()) {
      pass_.forward(rgb, nets::WayBack::follows,
                    [&](const Tile& tile, const TiledPass::Views& views) {
                      part_of(result.gradient, tile.patch).add_(back_to_picture(views, gradients));
                      tensor::let_go(result.gradient);
                    });
    }
  }
  losses.tv = total_variation(rgb, tv_weight_, result.gradient);
  losses.total =
      content_weight_ * losses.content + style_weight_ * losses.style + tv_weight_ * losses.tv;
}

}  // namespace atelier::style
