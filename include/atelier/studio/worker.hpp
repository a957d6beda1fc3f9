// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "atelier/base/options.hpp"

namespace atelier::studio {

/// How a worker works. Ranges and help stand in worker_option_table().
struct WorkerOptions {
  std::string data;             ///< the studio's folder, or one of this worker's own
  std::string database;         ///< URL of PostgreSQL; empty: in the folder
  std::string files;            ///< a folder, or s3://BUCKET/PREFIX; empty: in the folder
  double cache_limit = 20;      ///< GiB of such a store's files in the folder
  int jobs = 1;                 ///< at once
  std::string device = "auto";  ///< of every job
  int threads = 0;              ///< of every job; 0: all
  double job_memory = 0;        ///< GiB of address space of a job's process; 0: any
  double job_time = 0;          ///< s, after which a job is ended; 0: any
};
[[nodiscard]] const OptionTable<WorkerOptions>& worker_option_table();

/// Takes jobs from the studio that the options name and does them, each in a process of its own
/// (the command line of `program`, run in a folder of its own), until `stop` is requested: running
/// jobs then go back to the queue. Several workers may serve one studio, and each may end at any
/// moment.
///
/// `program`: what is run; the running program itself by default.
/// Throws Error io and bad_input for the folder, the database and the files.
void work(const WorkerOptions& options, const std::stop_token& stop,
          const std::filesystem::path& program = "/proc/self/exe");

}  // namespace atelier::studio
