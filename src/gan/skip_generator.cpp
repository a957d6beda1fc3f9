// SPDX-License-Identifier: Apache-2.0
#include "gan/skip_generator.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>

#include "gan/layers.hpp"

namespace atelier::gan {
namespace {

constexpr int start_size = 4;
constexpr int gate_reach = 16;  // from 4 px to 64 px, from 8 px to 128 px, from 16 px to 256 px
constexpr int coarsest_gated = 64, finest_gated = 256;
constexpr double weight_deviation = 0.02;

std::int64_t channels(const GeneratorForm& form, int size) {
  if (size == form.size && size > 64) return form.width / 2;
  if (size >= 64) return form.width;
  return std::int64_t{form.width} * 64 / size;  // 2 at 32 px, 4 at 16 px, 8 at 8 px, 16 at 4 px
}

/// Every second resolution looks twice.
int convolutions(int size) {
  return size == 8 || size == 32 ? 2 : 1;
}

bool is_gated(int size) {
  return size >= coarsest_gated && size <= finest_gated;
}

std::string layer_name(int size, int i) {
  return fmt::format("{}.{}", size, i);
}

/// Chance, and one for the class.
std::int64_t numbers_of_style(const GeneratorForm& form) {
  return form.latent + form.classes;
}

/// What styled() looks up.
void add_styled(std::vector<train::ParameterSpec>& specs, const GeneratorForm& form,
                const std::string& layer, std::int64_t channels) {
  const train::Initial little = train::normal(0.2 / std::sqrt(form.latent));
  specs.push_back({layer + ".style_scale", {2 * channels, numbers_of_style(form)}, little});
  specs.push_back({layer + ".style_shift", {2 * channels, numbers_of_style(form)}, little});
  specs.push_back({layer + ".scale", {2 * channels}, train::constant(1)});
  specs.push_back({layer + ".shift", {2 * channels}, train::constant(0)});
}

}  // namespace

std::vector<train::ParameterSpec> SkipGenerator::specs(const GeneratorForm& form) {
  std::vector<train::ParameterSpec> specs;
  const std::int64_t start = channels(form, start_size);
  specs.push_back({"start.weight",
                   {2 * start * start_size * start_size, numbers_of_style(form)},
                   train::normal(1 / std::sqrt(static_cast<double>(form.latent)))});
  add_styled(specs, form, "start", start);
  for (int size = 2 * start_size; size <= form.size; size *= 2) {
    std::int64_t below = channels(form, size / 2);
    for (int i = 0; i < convolutions(size); ++i) {
      specs.push_back({layer_name(size, i) + ".weight",
                       {2 * channels(form, size), below, 3, 3},
                       train::normal(weight_deviation)});
      add_styled(specs, form, layer_name(size, i), channels(form, size));
      below = channels(form, size);
    }
    if (!is_gated(size)) continue;
    const std::string gate = fmt::format("{}.gate", size);
    const std::int64_t coarse = channels(form, size / gate_reach);
    const std::int64_t here = channels(form, size);
    specs.push_back(
        {gate + ".first", {here, coarse, start_size, start_size}, train::normal(weight_deviation)});
    specs.push_back({gate + ".second", {here, here, 1, 1}, train::he(here)});
  }
  specs.push_back(
      {"leave.weight", {3, channels(form, form.size), 3, 3}, train::normal(weight_deviation)});
  specs.push_back({"leave.bias", {3}, train::constant(0)});
  return specs;
}

std::int64_t SkipGenerator::levels() const {
  std::int64_t count = 1;
  for (int size = 2 * start_size; size <= form_.size; size *= 2) ++count;
  return count;
}

at::Tensor SkipGenerator::style(const at::Tensor& chance, const at::Tensor& classes) const {
  const at::Tensor on_sphere = chance * (chance.square().mean(1, /*keepdim=*/true) + 1e-8).rsqrt();
  if (form_.classes == 0) return on_sphere;
  return at::cat(
      {on_sphere, at::one_hot(classes.to(chance.device()), form_.classes).to(chance.scalar_type())},
      1);
}

at::Tensor SkipGenerator::reading() const {
  std::vector<at::Tensor> layers;
  for (const auto& [name, weight] : parameters_.tensors()) {
    const bool linear =
        name == "start.weight" || name.ends_with(".style_scale") || name.ends_with(".style_shift");
    if (linear) layers.push_back(weight / weight.norm());
  }
  return at::cat(layers);
}

at::Tensor SkipGenerator::styled(const std::string& layer, const at::Tensor& x,
                                 const at::Tensor& style, const Normaliser& normalise) const {
  const auto by_style = [&](const char* what) {
    return as_map(
        at::linear(style, parameters_[layer + ".style_" + what], parameters_[layer + "." + what]));
  };
  return at::glu(normalise(layer, x) * by_style("scale") + by_style("shift"), 1);
}

at::Tensor SkipGenerator::gate(const std::string& layer, const at::Tensor& coarse) const {
  const at::Tensor small = at::adaptive_avg_pool2d(coarse, {start_size, start_size});
  const at::Tensor seen = at::silu(at::conv2d(small, parameters_[layer + ".first"]));
  return at::conv2d(seen, parameters_[layer + ".second"]).sigmoid();
}

at::Tensor SkipGenerator::paint(const at::Tensor& styles, const Normaliser& normalise) const {
  const auto style = [&](std::int64_t level) { return styles.select(1, level); };
  const at::Tensor start = at::linear(style(0), parameters_["start.weight"])
                               .view({styles.size(0), -1, start_size, start_size})
                               .contiguous(at::MemoryFormat::ChannelsLast);
  std::map<int, at::Tensor> maps;
  at::Tensor x = maps[start_size] = styled("start", start, style(0), normalise);
  std::int64_t level = 0;
  for (int size = 2 * start_size; size <= form_.size; size *= 2) {
    ++level;
    x = at::upsample_nearest2d(x, {size, size});
    for (int i = 0; i < convolutions(size); ++i) {
      const std::string layer = layer_name(size, i);
      x = styled(layer, convolved(x, parameters_[layer + ".weight"], 1, 1, precision_),
                 style(level), normalise);
    }
    if (is_gated(size)) x = x * gate(fmt::format("{}.gate", size), maps.at(size / gate_reach));
    maps[size] = x;
  }
  const at::Tensor rgb = convolved(x, parameters_["leave.weight"], 1, 1, precision_) +
                         parameters_["leave.bias"].view({1, 3, 1, 1});
  return rgb.tanh() * 0.5 + 0.5;
}

}  // namespace atelier::gan
