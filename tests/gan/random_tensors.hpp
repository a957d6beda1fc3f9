// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::gan {

/// Normal numbers.
inline at::Tensor normal_tensor(at::IntArrayRef shape, const std::string& name,
                                at::ScalarType type = at::kFloat) {
  RandomStream chance(3, name);
  at::Tensor t = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i) t.data_ptr<double>()[i] = chance.normal();
  return t.to(type);
}

/// Numbers in 0..1.
inline at::Tensor random_pictures(std::int64_t count, std::int64_t size, const std::string& name,
                                  at::ScalarType type = at::kFloat) {
  return normal_tensor({count, 3, size, size}, name, type).sigmoid();
}

inline std::vector<RandomStream> streams(std::size_t count, const std::string& name) {
  std::vector<RandomStream> all;
  for (std::size_t i = 0; i < count; ++i) all.emplace_back(i, name);
  return all;
}

}  // namespace atelier::gan
