// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace atelier::gan {

/// Mean and inverse deviation of each channel of each normalised layer, C each: of many samples
/// together, so that a picture does not depend on which others are painted with it.
using Norms = std::map<std::string, std::pair<at::Tensor, at::Tensor>>;

/// Takes the sums of what layers see over many batches.
class NormSums {
 public:
  /// `x`: N x C x H x W.
  void add(const std::string& layer, const at::Tensor& x);
  [[nodiscard]] Norms norms() const;

 private:
  struct Sums {
    at::Tensor mean, square;  // of all batches, float64
    std::int64_t batches = 0;
  };
  std::map<std::string, Sums> sums_;
};

/// How a layer is normalised: by `given`, or by the batch itself, `group` pictures at a time.
///
/// Batch normalisation (Ioffe, Szegedy, 2015) of groups, so that however a batch is divided among
/// processes, the same pictures are normalised together (Hoffer, Hubara, Soudry, "Train longer,
/// generalize better", NeurIPS 2017, who call it ghost batch normalisation). No running averages
/// are kept: when a model is saved, NormSums measures the averaged weights' own.
struct Normaliser {
  std::int64_t group = 8;
  const Norms* given = nullptr;
  NormSums* seen = nullptr;  ///< takes what is normalised

  /// `x`: N x C x H x W, N a multiple of `group` unless norms are given.
  [[nodiscard]] at::Tensor operator()(const std::string& layer, const at::Tensor& x) const;
};

/// What is added to a variance before its root.
inline constexpr double least_variance = 1e-5;

}  // namespace atelier::gan
