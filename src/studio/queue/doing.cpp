// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/doing.hpp"

namespace atelier::studio {

std::map<std::string, std::vector<Doing>> doing_now(Records& records) {
  const std::scoped_lock lock(records.mutex);
  store::Statement rows = records.quick.prepare(
      "SELECT worker, id, command, label FROM jobs WHERE state = 'running' ORDER BY number");
  std::map<std::string, std::vector<Doing>> doing;
  while (rows.step()) doing[rows.text(0)].push_back({rows.text(1), rows.text(2), rows.text(3)});
  return doing;
}

}  // namespace atelier::studio
