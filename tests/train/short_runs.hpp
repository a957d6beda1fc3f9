// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "atelier/train/options.hpp"
#include "atelier/train/run.hpp"
#include "nets/tensor_map.hpp"
#include "train/checkpoint.hpp"

namespace atelier::train {

/// Four steps on one thread, with a checkpoint every second.
inline void shorten(TrainOptions& options) {
  options.steps = 4;
  options.threads = 1;
  options.device = "cpu";
  options.checkpoint_every = 2;
  options.held_out_every = 4;
}

/// Ends a run after so many steps.
class StopAfter {
 public:
  explicit StopAfter(std::int64_t steps) {
    listeners.on_progress = [this, steps](const Progress& progress) {
      if (progress.done == steps) stop_.request_stop();
    };
  }
  StopAfter(const StopAfter&) = delete;
  StopAfter& operator=(const StopAfter&) = delete;

  RunListeners listeners;
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
};

/// What a run's last checkpoint holds; nothing where there is none.
inline nets::TensorMap checkpoint_of(const std::filesystem::path& folder) {
  const auto found = load_checkpoint(folder / "checkpoint.safetensors");
  return found ? found->tensors : nets::TensorMap{};
}

}  // namespace atelier::train
