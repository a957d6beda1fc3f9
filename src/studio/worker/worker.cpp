// SPDX-License-Identifier: Apache-2.0
#include "atelier/studio/worker.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "studio/place_options.hpp"
#include "studio/worker/crew.hpp"

namespace atelier::studio {

const OptionTable<WorkerOptions>& worker_option_table() {
  using O = WorkerOptions;
  const std::string group = "Working";
  static const OptionTable<O> table{
      {&O::data,
       {"data", "Studio", "the studio's folder; none: one of yours", "DIR", {}, {}, {}, {}}},
      {&O::database, database_option()},
      {&O::files, files_option()},
      {&O::cache_limit, cache_option()},
      {&O::jobs, {"jobs", group, "jobs at once", "", 1, 64, {}, {}}},
      {&O::device,
       {"device", group, "of every job: auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&O::threads, {"threads", group, "of every job; 0: all", "", 0, 1024, {}, {}}},
      {&O::job_memory,
       {"job-memory", group, "address space of a job's process; 0: any", "GiB", 0, 65536, {}, {}}},
      {&O::job_time,
       {"job-time", group, "after which a job is ended; 0: any", "s", 0, 1e7, {}, {}}},
  };
  return table;
}

void work(const WorkerOptions& options, const std::stop_token& stop,
          const std::filesystem::path& program) {
  Crew crew(options, commands(), program,
            look_at_machine(program, commands(), options.job_memory, options.jobs));
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any stopped;
  stopped.wait(lock, stop, [] { return false; });
}

}  // namespace atelier::studio
