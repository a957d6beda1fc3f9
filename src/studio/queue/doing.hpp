// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "studio/queue/records.hpp"

namespace atelier::studio {

/// A job that a worker runs now.
struct Doing {
  std::string job, command, label;
};

/// What each worker does, by its id; the oldest jobs first. Throws Error as store::Database.
[[nodiscard]] std::map<std::string, std::vector<Doing>> doing_now(Records& records);

}  // namespace atelier::studio
