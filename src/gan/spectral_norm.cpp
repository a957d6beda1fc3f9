// SPDX-License-Identifier: Apache-2.0
#include "gan/spectral_norm.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::gan {
namespace {

constexpr int first_steps = 15;
constexpr double least_length = 1e-12;

at::Tensor unit(const at::Tensor& x) {
  return x / x.norm().clamp_min(least_length);
}

std::string state_name(const std::string& name) {
  return "spectral." + name;
}

}  // namespace

SpectralNorm::SpectralNorm(const train::Parameters& parameters,
                           const std::vector<std::string>& names)
    : parameters_(parameters) {
  for (const std::string& name : names) {
    RandomStream chance(0, state_name(name));
    at::Tensor left = at::empty({parameters_[name].size(0)}, at::kFloat);
    for (std::int64_t i = 0; i < left.numel(); ++i) {
      left.data_ptr<float>()[i] = static_cast<float>(chance.normal());
    }
    vectors_[name].left = left.to(parameters_[name].options().requires_grad(false));
  }
  for (int i = 0; i < first_steps; ++i) follow();
}

at::Tensor SpectralNorm::matrix(const std::string& name) const {
  return parameters_[name].flatten(1);
}

void SpectralNorm::follow() {
  const at::NoGradGuard no_gradient;
  for (auto& [name, v] : vectors_) {
    const at::Tensor m = matrix(name);
    v.right = unit(m.t().mv(v.left));
    v.left = unit(m.mv(v.right));
  }
}

at::Tensor SpectralNorm::operator()(const std::string& name) const {
  const Vectors& v = vectors_.at(name);
  return parameters_[name] / v.left.dot(matrix(name).mv(v.right)).clamp_min(least_length);
}

nets::TensorMap SpectralNorm::state() const {
  nets::TensorMap state;
  for (const auto& [name, v] : vectors_) {
    state[state_name(name)] = at::cat({v.left, v.right}).to(at::kCPU);
  }
  return state;
}

void SpectralNorm::restore(const nets::TensorMap& state) {
  for (auto& [name, v] : vectors_) {
    const auto found = state.find(state_name(name));
    if (found == state.end() || found->second.numel() != v.left.numel() + v.right.numel()) {
      fail(ErrorKind::bad_input, "the checkpoint lacks {}; train into another folder.",
           state_name(name));
    }
    const at::Tensor both = found->second.to(v.left.options());
    v.left = both.narrow(0, 0, v.left.numel()).clone();
    v.right = both.narrow(0, v.left.numel(), v.right.numel()).clone();
  }
}

}  // namespace atelier::gan
