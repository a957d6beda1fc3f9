// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::studio {

struct QueueBench {
  std::string folder;
  bool postgres = false;
  int jobs = 1000, workers = 4, kills = 50, server_kills = 5;
};

/// Runs the queue's measurement (queue.cpp); its exit code.
int queue_bench(const QueueBench& options);

}  // namespace atelier::studio
