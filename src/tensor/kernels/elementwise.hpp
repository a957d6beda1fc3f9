// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace atelier::tensor {

/// values = max(values + bias, 0) for `positions` positions of `blocks` blocks; one word of `mask`
/// a block says which stayed above zero. `mask` may be null.
void add_bias_relu(float* values, std::size_t positions, const float* bias, std::size_t blocks,
                   std::uint16_t* mask);

/// to = values where the mask passes, else 0.
void copy_masked(const float* values, const std::uint16_t* mask, std::size_t positions,
                 std::size_t blocks, float* to);

/// Copies positions into panels, values less `shift`, and adds the differences to `sum`: block b of
/// position p goes to panels[(b * depth + p) * 16].
void pack_shifted(const float* values, std::size_t positions, std::size_t blocks,
                  const float* shift, float* panels, std::size_t depth, float* sum);

/// The same for weighted positions: what goes to the panels is scale[p] * (value - shift), and
/// scale[p] times that is added to `sum`. Products of panels then have the weights scale[p]^2.
void pack_scaled(const float* values, std::size_t positions, std::size_t blocks, const float* shift,
                 const float* scale, float* panels, std::size_t depth, float* sum);

/// values = from + offset, for each position.
void copy_with_offset(const float* from, std::size_t positions, std::size_t blocks,
                      const float* offset, float* values);

/// values += weights[p] * (from + offset), for each position p; `weights` may be null: 1.
void add_with_offset(const float* from, std::size_t positions, std::size_t blocks,
                     const float* offset, const float* weights, float* values);

}  // namespace atelier::tensor
