// SPDX-License-Identifier: Apache-2.0
#include "tensor/vectors.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/kernels/combine.hpp"
#include "tensor/spill.hpp"

namespace atelier::tensor {
namespace {

/// Whether kernels may walk through the memory of all of them side by side.
bool side_by_side(std::span<const at::Tensor> vectors, const at::Tensor& other) {
  return other.device().is_cpu() && other.scalar_type() == at::kFloat &&
         other.is_non_overlapping_and_dense() &&
         std::all_of(vectors.begin(), vectors.end(), [&](const at::Tensor& v) {
           return v.scalar_type() == at::kFloat && v.strides() == other.strides() &&
                  v.sizes() == other.sizes();
         });
}

/// Walks through the memory of all of them side by side, a segment after another; `body` gets the
/// segment's first value and its size.
template <class Body>
void by_segments(std::span<const at::Tensor> vectors, const at::Tensor& other, const Body& body) {
  constexpr std::size_t most = std::size_t{1} << 20;
  const auto size = static_cast<std::size_t>(other.numel());
  for (std::size_t begin = 0; begin < size; begin += most) {
    std::vector<const float*> memory;
    for (const at::Tensor& v : vectors) memory.push_back(v.data_ptr<float>() + begin);
    body(memory, other.data_ptr<float>() + begin, std::min(most, size - begin));
    for (const at::Tensor& v : vectors) let_go(v);
    let_go(other);
  }
}

}  // namespace

std::vector<double> inner_products(std::span<const at::Tensor> vectors, const at::Tensor& with) {
  if (side_by_side(vectors, with)) {
    std::vector<double> products(vectors.size());
    by_segments(vectors, with,
                [&](const std::vector<const float*>& memory, const float* other, std::size_t size) {
                  const std::vector<double> part = inner_products(memory, other, size);
                  for (std::size_t i = 0; i < part.size(); ++i) products[i] += part[i];
                });
    return products;
  }
  std::vector<double> products;
  for (const at::Tensor& v : vectors)
    products.push_back((v * with).sum(at::kDouble).item<double>());
  return products;
}

void add_combination(std::span<const at::Tensor> vectors, std::span<const double> factors,
                     const at::Tensor& to) {
  if (side_by_side(vectors, to)) {
    by_segments(vectors, to,
                [&](const std::vector<const float*>& memory, float* other, std::size_t size) {
                  add_combination(memory, factors, size, other);
                });
    return;
  }
  for (std::size_t i = 0; i < vectors.size(); ++i) to.add_(vectors[i], factors[i]);
}

}  // namespace atelier::tensor
