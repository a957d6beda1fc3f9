// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "atelier/studio/worker.hpp"
#include "studio/commands/command.hpp"
#include "studio/files/file_store.hpp"
#include "studio/queue/file_records.hpp"
#include "studio/queue/queue.hpp"
#include "studio/worker/passphrase_box.hpp"

namespace atelier::studio {

/// What every job of a worker runs with.
struct Workbench {
  const WorkerOptions& options;
  std::filesystem::path program;
  const std::vector<Command>& commands;
  const std::string& worker;  ///< its id
  Queue& queue;
  FileRecords& files;
  const FileStore& store;
  PassphraseBox* passphrases = nullptr;  ///< null: it has none
};

/// Runs one job in a process of its own from its inputs to its end, tells the queue how it goes,
/// and sees within a fifth of a second that it is to stop; a process that does not end by itself
/// then is killed after another half. `stop`: the worker ends; the job goes back to the queue.
/// Throws Error as store::Database does; the job's lease then runs out by itself.
void run_job(const Workbench& bench, const Job& job, const Lease& lease,
             const std::stop_token& stop);

}  // namespace atelier::studio
