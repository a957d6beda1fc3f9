// SPDX-License-Identifier: Apache-2.0
#include "train/parameters.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "train/plain_parameters.hpp"

namespace atelier::train {
namespace {

at::Tensor initial_values(const ParameterSpec& spec, std::uint64_t seed) {
  at::Tensor values = at::full({count_of(spec)}, spec.initial.value, at::kFloat);
  if (spec.initial.kind == Initial::Kind::normal) {
    RandomStream chance(seed, "parameter " + spec.name);
    auto* to = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) {
      to[i] = static_cast<float>(spec.initial.value * chance.normal());
    }
  }
  return values;
}

}  // namespace

std::int64_t count_of(const ParameterSpec& spec) {
  std::int64_t count = 1;
  for (const std::int64_t n : spec.shape) count *= n;
  return count;
}

Initial he(std::int64_t inputs) {
  return normal(std::sqrt(2.0 / static_cast<double>(inputs)));
}

Parameters::Parameters(std::vector<ParameterSpec> specs, std::uint64_t seed, at::Device device,
                       at::ScalarType type)
    : specs_(std::move(specs)) {
  std::vector<at::Tensor> parts;
  for (const ParameterSpec& spec : specs_) parts.push_back(initial_values(spec, seed));
  lay_out(at::cat(parts).to(device, type));
}

Parameters::Parameters(std::vector<ParameterSpec> specs, const nets::TensorMap& values,
                       at::Device device)
    : specs_(std::move(specs)) {
  std::int64_t count = 0;
  for (const ParameterSpec& spec : specs_) count += count_of(spec);
  lay_out(at::zeros({count}, at::TensorOptions(device).dtype(at::kFloat)));
  load(values);
}

void Parameters::lay_out(at::Tensor values) {
  values_ = std::move(values);
  gradients_ = at::zeros_like(values_);
  std::int64_t at = 0;
  for (const ParameterSpec& spec : specs_) {
    const std::int64_t count = count_of(spec);
    at::Tensor view = values_.narrow(0, at, count).view(spec.shape).detach();
    view.requires_grad_(true);
    view.mutable_grad() = gradients_.narrow(0, at, count).view(spec.shape);
    views_[spec.name] = std::move(view);
    at += count;
  }
}

const at::Tensor& Parameters::operator[](const std::string& name) const {
  const auto found = views_.find(name);
  if (found == views_.end()) fail(ErrorKind::internal, "there is no parameter {}.", name);
  return found->second;
}

std::vector<at::Tensor> Parameters::leaves() const {
  std::vector<at::Tensor> all;
  for (const ParameterSpec& spec : specs_) all.push_back(views_.at(spec.name));
  return all;
}

void Parameters::add_gradients(const std::vector<at::Tensor>& by_leaves) const {
  const at::NoGradGuard no_gradient;
  std::vector<at::Tensor> parts;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const at::Tensor& g = by_leaves.at(i);
    parts.push_back(g.defined() ? g.reshape({-1})
                                : at::zeros({count_of(specs_[i])}, values_.options()));
  }
  gradients_.add_(at::cat(parts));
}

nets::TensorMap Parameters::tensors() const {
  nets::TensorMap map;
  for (const auto& [name, view] : views_) map[name] = view.detach().to(at::kCPU).clone();
  return map;
}

void Parameters::load(const nets::TensorMap& tensors) {
  const at::NoGradGuard no_gradient;
  for (const ParameterSpec& spec : specs_) {
    const auto found = tensors.find(spec.name);
    const auto shape =
        found == tensors.end() ? std::vector<std::int64_t>{} : found->second.sizes().vec();
    check_shape(spec, found == tensors.end() ? nullptr : &shape);
    views_.at(spec.name).detach().copy_(found->second);
  }
}

void add_gradients(const at::Tensor& loss, std::initializer_list<const Parameters*> by) {
  std::vector<at::Tensor> leaves;
  for (const Parameters* parameters : by) {
    for (const at::Tensor& leaf : parameters->leaves()) leaves.push_back(leaf);
  }
  const std::vector<at::Tensor> all =
      torch::autograd::grad({loss}, leaves, {}, /*retain_graph=*/false, /*create_graph=*/false,
                            /*allow_unused=*/true);
  auto next = all.begin();
  for (const Parameters* parameters : by) {
    const auto count = static_cast<std::ptrdiff_t>(parameters->specs().size());
    parameters->add_gradients({next, next + count});
    next += count;
  }
}

}  // namespace atelier::train
