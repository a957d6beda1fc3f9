// SPDX-License-Identifier: Apache-2.0
#include "tensor/vectors.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/kernels/combine.hpp"

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

std::vector<const float*> memory_of(std::span<const at::Tensor> vectors) {
  std::vector<const float*> memory;
  for (const at::Tensor& v : vectors) memory.push_back(v.data_ptr<float>());
  return memory;
}

}  // namespace

std::vector<double> inner_products(std::span<const at::Tensor> vectors, const at::Tensor& with) {
  if (side_by_side(vectors, with)) {
    return inner_products(memory_of(vectors), with.data_ptr<float>(),
                          static_cast<std::size_t>(with.numel()));
  }
  std::vector<double> products;
  for (const at::Tensor& v : vectors)
    products.push_back((v * with).sum(at::kDouble).item<double>());
  return products;
}

void add_combination(std::span<const at::Tensor> vectors, std::span<const double> factors,
                     const at::Tensor& to) {
  if (side_by_side(vectors, to)) {
    add_combination(memory_of(vectors), factors, static_cast<std::size_t>(to.numel()),
                    to.data_ptr<float>());
    return;
  }
  for (std::size_t i = 0; i < vectors.size(); ++i) to.add_(vectors[i], factors[i]);
}

}  // namespace atelier::tensor
