// SPDX-License-Identifier: Apache-2.0
#include "gan/dcgan.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "gan/layers.hpp"

namespace atelier::gan {
namespace {

constexpr int start_size = 4;
constexpr double weight_deviation = 0.02;

/// Twice as many with each halving, at most 8 times the width.
std::int64_t channels(const GeneratorForm& form, int size) {
  return std::min<std::int64_t>(std::int64_t{form.width} * (form.size / 2) / size,
                                std::int64_t{form.width} * 8);
}

void add_norm(std::vector<train::ParameterSpec>& specs, const std::string& layer,
              std::int64_t channels) {
  specs.push_back({layer + ".scale", {channels}, train::constant(1)});
  specs.push_back({layer + ".shift", {channels}, train::constant(0)});
}

at::Tensor normed(const train::Parameters& parameters, const std::string& layer,
                  const at::Tensor& x, const Normaliser& normalise) {
  return normalise(layer, x) * parameters[layer + ".scale"].view({1, -1, 1, 1}) +
         parameters[layer + ".shift"].view({1, -1, 1, 1});
}

std::string layer_name(int size) {
  return fmt::to_string(size);
}

}  // namespace

std::vector<train::ParameterSpec> DcganGenerator::specs(const GeneratorForm& form) {
  std::vector<train::ParameterSpec> specs;
  std::int64_t below = form.latent;
  for (int size = start_size; size <= form.size; size *= 2) {
    const bool last = size == form.size;
    const std::int64_t here = last ? 3 : channels(form, size);
    specs.push_back(
        {layer_name(size) + ".weight", {below, here, 4, 4}, train::normal(weight_deviation)});
    if (!last) add_norm(specs, layer_name(size), here);
    below = here;
  }
  return specs;
}

at::Tensor DcganGenerator::paint(const at::Tensor& styles, const Normaliser& normalise) const {
  at::Tensor x = as_map(styles.select(1, 0));
  for (int size = start_size; size <= form_.size; size *= 2) {
    const std::string layer = layer_name(size);
    const int stride = size == start_size ? 1 : 2, padding = size == start_size ? 0 : 1;
    x = at::conv_transpose2d(x, parameters_[layer + ".weight"], {}, stride, padding);
    if (size < form_.size) x = normed(parameters_, layer, x, normalise).relu();
  }
  return x.tanh() * 0.5 + 0.5;
}

at::Tensor DcganGenerator::reading() const {
  const at::Tensor weight = parameters_[layer_name(start_size) + ".weight"].flatten(1).t();
  return weight / weight.norm();
}

DcganDiscriminator::DcganDiscriminator(const GeneratorForm& form,
                                       const train::Parameters& parameters,
                                       std::optional<at::ScalarType> precision)
    : form_(form), parameters_(parameters), precision_(precision) {}

std::vector<train::ParameterSpec> DcganDiscriminator::specs(const GeneratorForm& form) {
  std::vector<train::ParameterSpec> specs;
  std::int64_t above = 3;
  for (int size = form.size / 2; size >= start_size; size /= 2) {
    const std::int64_t here = channels(form, size);
    specs.push_back(
        {layer_name(size) + ".weight", {here, above, 4, 4}, train::normal(weight_deviation)});
    if (size < form.size / 2) add_norm(specs, layer_name(size), here);
    above = here;
  }
  specs.push_back({"leave.weight", {1, above, 4, 4}, train::normal(weight_deviation)});
  return specs;
}

std::vector<at::Tensor> DcganDiscriminator::look(const at::Tensor& rgb) const {
  return {rgb * 2 - 1};
}

std::vector<at::Tensor> DcganDiscriminator::judge(const std::vector<at::Tensor>& seen,
                                                  const at::Tensor&,
                                                  const Normaliser& normalise) const {
  at::Tensor x = seen.front();
  for (int size = form_.size / 2; size >= start_size; size /= 2) {
    const std::string layer = layer_name(size);
    x = convolved(x, parameters_[layer + ".weight"], 2, 1, precision_);
    if (size < form_.size / 2) x = normed(parameters_, layer, x, normalise);
    x = at::leaky_relu(x, 0.2);
  }
  return {convolved(x, parameters_["leave.weight"], 1, 0, precision_).flatten(1)};
}

}  // namespace atelier::gan
