// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

namespace atelier::train {

/// The processes that train one model together, each on its share of every batch.
///
/// As torchrun starts them: WORLD_SIZE processes, RANK 0..WORLD_SIZE-1, which meet at MASTER_ADDR
/// and MASTER_PORT; without WORLD_SIZE there is one. They exchange through libtorch's c10d: Gloo on
/// processors, NCCL on GPUs where this build has it, Gloo by way of the processor where not.
class Group {
 public:
  /// Throws Error invalid_argument when the variables contradict each other, missing_capability
  /// when this build cannot exchange, io when the others do not come in time.
  [[nodiscard]] static std::unique_ptr<Group> from_environment(at::Device device);
  /// One process alone.
  [[nodiscard]] static std::unique_ptr<Group> alone();

  virtual ~Group() = default;

  [[nodiscard]] virtual int rank() const = 0;
  [[nodiscard]] virtual int size() const = 0;
  /// Puts the mean over all processes in the place of `tensor`; the same bytes everywhere.
  virtual void average(const at::Tensor& tensor) = 0;
  /// Waits for all.
  virtual void barrier() = 0;

  [[nodiscard]] bool leads() const { return rank() == 0; }
};

}  // namespace atelier::train
