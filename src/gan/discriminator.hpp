// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "gan/norms.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::gan {

/// Tells pictures of a collection from painted ones, in two parts: what it sees, which does not
/// learn, and what it makes of it, which does.
class Discriminator {
 public:
  virtual ~Discriminator() = default;

  /// `rgb`: N x 3 x H x W, 0..1. Differentiable with respect to it.
  [[nodiscard]] virtual std::vector<at::Tensor> look(const at::Tensor& rgb) const = 0;

  /// How much speaks for each picture's being one of the collection, N x places for each of the
  /// discriminator's parts. `classes`: N whole numbers, undefined where there are none.
  [[nodiscard]] virtual std::vector<at::Tensor> judge(const std::vector<at::Tensor>& seen,
                                                      const at::Tensor& classes,
                                                      const Normaliser& normalise) const = 0;

  /// To be called once before each step, by all processes.
  virtual void prepare() {}
  /// What else the next step depends on besides parameters.
  [[nodiscard]] virtual nets::TensorMap state() const { return {}; }
  virtual void restore(const nets::TensorMap&) {}
};

}  // namespace atelier::gan
