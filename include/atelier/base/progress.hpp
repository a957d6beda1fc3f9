// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace atelier {

/// One report of a running task. Reports come in order, from the task's own thread.
struct Progress {
  std::string stage;       ///< what is being done, for people: "512 px"
  std::int64_t done = 0;   ///< steps finished, in the whole task
  std::int64_t total = 0;  ///< steps in the whole task; 0 when not known
  double seconds = 0;      ///< since the task began
  double remaining = -1;   ///< estimated seconds to the end; negative when not known
  std::vector<std::pair<std::string, double>> values;  ///< named figures, such as losses, in order
};

using OnProgress = std::function<void(const Progress&)>;

}  // namespace atelier
