// SPDX-License-Identifier: Apache-2.0
#include "sequence/attention.hpp"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cmath>
#include <limits>

namespace atelier::sequence {
namespace {

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
#if TORCH_VERSION_MAJOR >= 2
  const bool whole = query.size(2) == key.size(2);
  if (whole || query.size(2) == 1) {
    return at::scaled_dot_product_attention(query, key, value, {}, /*dropout_p=*/0,
                                            /*is_causal=*/whole);
  }
#endif
  return plain_causal_attention(query, key, value);
}

}  // namespace

at::Tensor plain_causal_attention(const at::Tensor& query, const at::Tensor& key,
                                  const at::Tensor& value) {
  const std::int64_t length = query.size(2), all = key.size(2);
  const double scale = 1 / std::sqrt(static_cast<double>(query.size(3)));
  at::Tensor scores = at::matmul(query * scale, key.transpose(2, 3));
  if (length > 1) {
    const at::Tensor later =
        at::ones({length, all}, query.options().dtype(at::kBool)).triu(all - length + 1);
    scores = scores.masked_fill(later, -std::numeric_limits<double>::infinity());
  }
  return at::matmul(scores.softmax(-1), value);
}

at::Tensor causal_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                            std::optional<at::ScalarType> precision) {
  if (!precision) return attention(query, key, value);
  return attention(query.to(*precision), key.to(*precision), value.to(*precision))
      .to(query.scalar_type());
}

}  // namespace atelier::sequence
