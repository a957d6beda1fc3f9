// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/crew.hpp"

#include <chrono>

#include "studio/log.hpp"
#include "studio/worker/job_folder.hpp"
#include "studio/worker/job_run.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 1s;  ///< where no alarm comes
constexpr auto after_trouble = 1s;

}  // namespace

Crew::Crew(WorkerOptions options, const std::vector<Command>& commands,
           std::filesystem::path program, Abilities abilities, PassphraseBox* passphrases)
    : options_(std::move(options)),
      commands_(commands),
      program_(std::move(program)),
      passphrases_(passphrases),
      records_(place_of(options_)),
      store_(place_of(options_)),
      files_(records_, store_),
      queue_(records_, store_),
      alarm_(place_of(options_)),
      presence_(records_, options_.jobs, std::move(abilities)) {
  sweep_job_folders(options_.data, queue_);
  for (int i = 0; i < options_.jobs; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
  }
}

Crew::~Crew() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void Crew::serve(const std::stop_token& stop) {
  const Workbench bench{options_, program_, commands_, presence_.id(),
                        queue_,   files_,   store_,    passphrases_};
  while (!stop.stop_requested()) {
    try {
      const std::uint64_t alarms = alarm_.count();
      const auto next = queue_.claim(presence_.id());
      if (!next) {
        alarm_.wait(alarms, look_every, stop);
        continue;
      }
      const auto& [job, lease] = *next;
      log_event("job_begins",
                {{"job", job.id}, {"command", job.command}, {"attempt", job.attempts}});
      run_job(bench, job, lease, stop);
      const std::optional<Job> after = queue_.find(job.id);
      log_event("job_ends", {{"job", job.id},
                             {"state", after ? state_name(after->state) : "gone"},
                             {"seconds", now_seconds() - job.started}});
    } catch (const std::exception& error) {
      log_event("worker_trouble", {{"level", "error"}, {"what", error.what()}});
      std::this_thread::sleep_for(after_trouble);
    }
  }
}

}  // namespace atelier::studio
