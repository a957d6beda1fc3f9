// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

#include "nets/tensor_map.hpp"
#include "train/parameters.hpp"

namespace atelier::gan {

/// Divides filters by their greatest singular value, so that no layer can enlarge a difference.
/// The singular vectors are followed by one step of the power method with each step of training.
/// Source: Miyato, Kataoka, Koyama, Yoshida, "Spectral normalization for generative adversarial
/// networks", ICLR 2018.
class SpectralNorm {
 public:
  /// `names`: the parameters that are divided; each begins from a stream of chance of its own name.
  /// `parameters` must outlive this.
  SpectralNorm(const train::Parameters& parameters, const std::vector<std::string>& names);

  /// One step of the power method. The same parameters give the same bytes.
  void follow();

  /// The parameter divided; differentiable.
  [[nodiscard]] at::Tensor operator()(const std::string& name) const;

  /// The singular vectors.
  [[nodiscard]] nets::TensorMap state() const;
  /// Throws Error bad_input when one is missing.
  void restore(const nets::TensorMap& state);

 private:
  struct Vectors {
    at::Tensor left, right;
  };
  [[nodiscard]] at::Tensor matrix(const std::string& name) const;  // filters as rows

  const train::Parameters& parameters_;
  std::map<std::string, Vectors> vectors_;
};

}  // namespace atelier::gan
