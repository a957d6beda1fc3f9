// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "tensor/parallel.hpp"

namespace atelier::tensor {

/// Zeros of this shape, channels-last in memory. On the processor a large picture or layer lies in
/// scratch memory (ScratchMemory), so that only what is being looked at need stand in RAM: walks
/// over it go by strips or tiles and let_go() of what they leave behind. Throws Error io when the
/// disk has no room.
[[nodiscard]] at::Tensor spillable_zeros(at::IntArrayRef sizes, const at::TensorOptions& options);

/// Whether it lies in scratch memory.
[[nodiscard]] bool is_spilled(const at::Tensor& tensor);

/// Lets what `tensor`, or a view of one, stands in leave RAM when it lies in scratch memory, until
/// it is looked at again. Does nothing otherwise.
void let_go(const at::Tensor& tensor);

/// Bytes that a picture or layer of so many takes in RAM and on disk.
struct SpillableBytes {
  double memory = 0, disk = 0;
};
[[nodiscard]] SpillableBytes spillable_bytes(double bytes);

/// How by_strips() divides a tensor.
struct Strips {
  std::int64_t rows = 0, count = 1;  ///< of each strip but the last
};
[[nodiscard]] Strips strips_of(const at::Tensor& tensor);

/// Calls `f` with the same rows of every tensor (1 x C x H x W, equal heights), strip after strip,
/// by all workers side by side: `f` is to compute each value of its strip from that strip alone.
/// Strips stay in a core's cache. On another device than the processor there is one strip.
template <class F, class... Tensors>
void by_strips(const F& f, const at::Tensor& first, const Tensors&... others) {
  const Strips strips = strips_of(first);
  parallel_for(strips.count, [&](std::int64_t i, int) {
    const std::int64_t begin = i * strips.rows;
    const std::int64_t rows = std::min(strips.rows, first.size(2) - begin);
    const auto strip = [&](const at::Tensor& t) { return t.narrow(2, begin, rows); };
    f(strip(first), strip(others)...);
    let_go(strip(first));
    (let_go(strip(others)), ...);
  });
}

}  // namespace atelier::tensor
