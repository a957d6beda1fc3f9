// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "atelier/base/random.hpp"
#include "sequence/form.hpp"
#include "train/plain_parameters.hpp"

namespace atelier::sequence {

/// A model of a few hundred numbers.
inline SequenceForm small_form(const std::string& architecture, bool tied = true) {
  return {architecture,   /*vocabulary=*/11,
          /*layers=*/2,   /*width=*/16,
          /*heads=*/2,
          /*context=*/12, tied};
}

/// Its parameters with nothing left at zero or one.
inline train::Parameters stirred_parameters(const SequenceForm& form, at::ScalarType type) {
  train::Parameters parameters(sequence_specs(form), 5, at::kCPU, type);
  RandomStream chance(9, "stir");
  at::Tensor noise = at::empty({parameters.count()}, at::kDouble);
  for (std::int64_t i = 0; i < noise.numel(); ++i) {
    noise.data_ptr<double>()[i] = 0.2 * chance.normal();
  }
  const at::NoGradGuard no_gradient;
  parameters.values().add_(noise.to(type));
  return parameters;
}

/// The same numbers, where they lie, as they are computed with without torch.
inline train::PlainParameters plain(const SequenceForm& form, const train::Parameters& parameters) {
  nets::PlainSafetensors content;
  for (const train::ParameterSpec& spec : parameters.specs()) {
    const at::Tensor& t = parameters[spec.name];
    content.tensors[spec.name] = {nets::dtype_of(t.scalar_type()),
                                  spec.shape,
                                  {static_cast<const std::byte*>(t.data_ptr()), t.nbytes()}};
  }
  return {sequence_specs(form), std::move(content)};
}

/// rows x length tokens below `vocabulary`.
inline at::Tensor some_ids(std::int64_t rows, std::int64_t length, int vocabulary) {
  RandomStream chance(4, "ids");
  at::Tensor ids = at::empty({rows, length}, at::kLong);
  for (std::int64_t i = 0; i < ids.numel(); ++i) {
    ids.data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(chance.uniform() * vocabulary);
  }
  return ids;
}

inline at::Tensor normal_numbers(at::IntArrayRef shape, const std::string& name,
                                 at::ScalarType type = at::kDouble) {
  RandomStream chance(3, name);
  at::Tensor t = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i) t.data_ptr<double>()[i] = chance.normal();
  return t.to(type);
}

/// Largest difference between `gradient` and central differences of `f` by the numbers of `at`
/// (double, moved in place), relative to the gradient's largest element. Looks at each `every`-th.
inline double gradient_error(const std::function<double()>& f, const at::Tensor& at,
                             const at::Tensor& gradient, int every = 1) {
  constexpr double h = 1e-5;
  double worst = 0;
  auto* number = at.data_ptr<double>();
  const at::Tensor flat = gradient.contiguous().view({-1});
  for (std::int64_t i = 0; i < at.numel(); i += every) {
    const double before = number[i];
    number[i] = before + h;
    const double above = f();
    number[i] = before - h;
    const double below = f();
    number[i] = before;
    worst = std::max(worst, std::abs((above - below) / (2 * h) - flat[i].item<double>()));
  }
  return worst / flat.abs().max().item<double>();
}

}  // namespace atelier::sequence
