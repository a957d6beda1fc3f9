// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <thread>
#include <vector>

#include "atelier/studio/worker.hpp"
#include "studio/commands/command.hpp"
#include "studio/files/file_store.hpp"
#include "studio/queue/file_records.hpp"
#include "studio/queue/queue.hpp"
#include "studio/worker/alarm.hpp"
#include "studio/worker/passphrase_box.hpp"
#include "studio/worker/presence.hpp"

namespace atelier::studio {

/// Threads that take jobs, one each at a time, from the studio that the options name. On its end
/// they give their jobs back and are waited for.
class Crew {
 public:
  /// `commands` must outlive it. `abilities`: what it can, which says what jobs it takes;
  /// `passphrases`: of those that it is given. Throws Error as Records.
  Crew(WorkerOptions options, const std::vector<Command>& commands, std::filesystem::path program,
       Abilities abilities, PassphraseBox* passphrases = nullptr);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

 private:
  void serve(const std::stop_token& stop);

  WorkerOptions options_;
  const std::vector<Command>& commands_;
  std::filesystem::path program_;
  PassphraseBox* passphrases_;
  Records records_;
  FileStore store_;
  FileRecords files_;
  Queue queue_;
  Alarm alarm_;
  Presence presence_;
  std::vector<std::jthread> threads_;  // last: they use all above
};

}  // namespace atelier::studio
