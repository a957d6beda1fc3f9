// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace atelier::tensor {

/// Work on item `item` by worker `worker`, 0 <= worker < worker_count().
using ParallelBody = std::function<void(std::int64_t item, int worker)>;

/// Calls `body` once for each item in 0 <= item < count and returns when all are done. Items are
/// taken one after another by whichever worker is free, so that a core that another program keeps
/// busy delays one item and not the whole. Called from within a body, or while another thread's
/// call runs, it works alone. Workers round, and flush denormals, as the caller does, so that a
/// result does not depend on who computes it. When a body throws, items that nobody took yet are
/// left out, and the first exception is thrown here once the workers are done.
void parallel_for(std::int64_t count, const ParallelBody& body);

/// Threads that parallel_for() uses, the caller's included.
[[nodiscard]] int worker_count();

/// Sets that number, at least 1. Never from within a body, nor while another thread computes:
/// kernels make room for worker_count() workers and then call parallel_for().
void set_worker_count(int threads);

}  // namespace atelier::tensor
