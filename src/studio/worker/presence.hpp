// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <thread>
#include <vector>

#include "studio/commands/command.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {

/// What this machine can, of all that is not done at home: GPUs and models as `PROGRAM doctor
/// --json` tells, `memory` GiB a job (0: what is free now, shared by `jobs`). Where the program
/// does not tell, the commands alone.
[[nodiscard]] Abilities look_at_machine(const std::filesystem::path& program,
                                        const std::vector<Command>& commands, double memory,
                                        int jobs);

/// What a server can do itself, which no other worker may: what is done at home. `server`: its
/// name among others of one database (Accounts::server()).
[[nodiscard]] Abilities abilities_at_home(const std::vector<Command>& commands, double memory,
                                          const std::string& server);

/// Keeps a worker's record fresh until it ends; then the record goes.
class Presence {
 public:
  /// Throws Error as Workers.
  Presence(Records& records, int jobs, Abilities abilities);
  ~Presence();
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  [[nodiscard]] const std::string& id() const noexcept { return worker_.id; }

 private:
  Workers workers_;
  WorkerRecord worker_;
  std::jthread thread_;  // last: it uses all above
};

}  // namespace atelier::studio
