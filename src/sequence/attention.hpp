// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/ScalarType.h>

#include <optional>

namespace atelier::sequence {

/// Attention of each position over itself and those before it. `query`: N x heads x T x D; `key`,
/// `value`: N x heads x S x D, S >= T, of which the last T stand at the queries' positions. Returns
/// N x heads x T x D. Computed in `precision` where there is one.
///
/// A libtorch from 2.0 on computes it without ever holding all T x S weights: Dao et al.,
/// "FlashAttention", NeurIPS 2022.
[[nodiscard]] at::Tensor causal_attention(const at::Tensor& query, const at::Tensor& key,
                                          const at::Tensor& value,
                                          std::optional<at::ScalarType> precision = std::nullopt);

/// The same by the formula.
[[nodiscard]] at::Tensor plain_causal_attention(const at::Tensor& query, const at::Tensor& key,
                                                const at::Tensor& value);

}  // namespace atelier::sequence
