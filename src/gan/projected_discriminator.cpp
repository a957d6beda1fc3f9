// SPDX-License-Identifier: Apache-2.0
#include "gan/projected_discriminator.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gan/layers.hpp"

namespace atelier::gan {
namespace {

/// Of EfficientNet-Lite0: each sees half the resolution of the one before.
struct View {
  const char* layer;
  int stride;
};
constexpr std::array<View, 4> views{
    {{"block3", 4}, {"block5", 8}, {"block11", 16}, {"block16", 32}}};

constexpr std::uint64_t mixing_seed = 0;
constexpr int end_size = 4;  // places along an edge where a discriminator stops halving

/// Channels of the mixed features.
std::int64_t channels(const GeneratorForm& form, std::size_t view) {
  return std::int64_t{form.width} << view;
}

/// Channels within a discriminator after `halvings`.
std::int64_t channels(const GeneratorForm& form, std::size_t view, int halvings) {
  return std::min(channels(form, view) << halvings, std::int64_t{form.width} * 8);
}

int halvings(const GeneratorForm& form, std::size_t view) {
  int count = 0;
  for (int size = form.size / views.at(view).stride; size > end_size; size /= 2) ++count;
  return count;
}

std::string across(std::size_t view) {
  return fmt::format("across.{}", view);
}

std::string down_to(std::size_t view) {
  return fmt::format("down.{}", view);
}

std::string layer_name(std::size_t view, int i) {
  return fmt::format("{}.{}", view, i);
}

std::vector<train::ParameterSpec> mixing_specs(const nets::Network& eyes,
                                               const GeneratorForm& form) {
  std::vector<train::ParameterSpec> specs;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const std::int64_t from = eyes.channels(views.at(i).layer);
    specs.push_back({across(i), {channels(form, i), from, 1, 1}, train::he(from)});
    if (i + 1 == views.size()) continue;
    const std::int64_t below = channels(form, i + 1);
    specs.push_back({down_to(i), {channels(form, i), below, 1, 1}, train::he(below)});
  }
  return specs;
}

std::vector<std::string> divided(const GeneratorForm& form) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (int j = 0; j <= halvings(form, i); ++j) names.push_back(layer_name(i, j) + ".weight");
    names.push_back(fmt::format("{}.leave.weight", i));
  }
  return names;
}

}  // namespace

std::vector<train::ParameterSpec> ProjectedDiscriminator::specs(const GeneratorForm& form) {
  std::vector<train::ParameterSpec> specs;
  for (std::size_t i = 0; i < views.size(); ++i) {
    std::int64_t before = channels(form, i);
    for (int j = 0; j <= halvings(form, i); ++j) {
      const std::int64_t here = channels(form, i, j);
      const std::int64_t edge = j == 0 ? 3 : 4;  // the first keeps the resolution
      const std::string layer = layer_name(i, j);
      specs.push_back(
          {layer + ".weight", {here, before, edge, edge}, train::he(before * edge * edge)});
      specs.push_back({layer + ".scale", {here}, train::constant(1)});
      specs.push_back({layer + ".shift", {here}, train::constant(0)});
      before = here;
    }
    specs.push_back({fmt::format("{}.leave.weight", i), {1, before, 3, 3}, train::he(before * 9)});
    specs.push_back({fmt::format("{}.leave.bias", i), {1}, train::constant(0)});
    if (form.classes > 0) {
      specs.push_back({fmt::format("{}.classes", i), {form.classes, before}, train::normal(0.02)});
    }
  }
  return specs;
}

ProjectedDiscriminator::ProjectedDiscriminator(const nets::Network& eyes, const GeneratorForm& form,
                                               const train::Parameters& parameters,
                                               std::optional<at::ScalarType> precision)
    : eyes_(eyes),
      form_(form),
      parameters_(parameters),
      precision_(precision),
      spectral_(parameters, divided(form)),
      chance_(mixing_specs(eyes, form), mixing_seed, parameters.values().device(),
              parameters.values().scalar_type()) {}

std::vector<at::Tensor> ProjectedDiscriminator::look(const at::Tensor& rgb) const {
  std::vector<std::string> layers;
  for (const View& view : views) layers.emplace_back(view.layer);
  const nets::Features seen = eyes_.forward(precision_ ? rgb.to(*precision_) : rgb, layers);
  const auto mixed = [&](const std::string& how, const at::Tensor& x) {
    return convolved(x, chance_[how].detach(), 1, 0, precision_);
  };
  std::vector<at::Tensor> all(views.size());
  for (std::size_t i = views.size(); i-- > 0;) {
    const at::Tensor own = seen.at(views.at(i).layer).to(rgb.scalar_type());
    all[i] = mixed(across(i), own);
    if (i + 1 == views.size()) continue;
    all[i] = all[i] + at::upsample_bilinear2d(mixed(down_to(i), all[i + 1]),
                                              {own.size(2), own.size(3)}, false);
  }
  return all;
}

std::vector<at::Tensor> ProjectedDiscriminator::judge(const std::vector<at::Tensor>& seen,
                                                      const at::Tensor& classes,
                                                      const Normaliser& normalise) const {
  std::vector<at::Tensor> all;
  for (std::size_t i = 0; i < views.size(); ++i) {
    at::Tensor x = seen.at(i);
    for (int j = 0; j <= halvings(form_, i); ++j) {
      const std::string layer = layer_name(i, j);
      x = convolved(x, spectral_(layer + ".weight"), j == 0 ? 1 : 2, 1, precision_);
      x = normalise(layer, x) * parameters_[layer + ".scale"].view({1, -1, 1, 1}) +
          parameters_[layer + ".shift"].view({1, -1, 1, 1});
      x = at::leaky_relu(x, 0.2);
    }
    const std::string leave = fmt::format("{}.leave", i);
    at::Tensor verdict = (convolved(x, spectral_(leave + ".weight"), 1, 1, precision_) +
                          parameters_[leave + ".bias"].view({1, 1, 1, 1}))
                             .flatten(1);
    if (form_.classes > 0) {
      const at::Tensor& known = parameters_[fmt::format("{}.classes", i)];
      verdict = verdict + (x.mean({2, 3}) * known.index_select(0, classes)).sum(1, true);
    }
    all.push_back(verdict);
  }
  return all;
}

}  // namespace atelier::gan
