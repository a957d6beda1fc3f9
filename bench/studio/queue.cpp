// SPDX-License-Identifier: Apache-2.0
// Small jobs through several workers that are killed in the middle, over and over. Says how many
// came through and how fast, and ends with 1 where one is lost, stuck, or delivered twice.
//
//   atelier_studio_bench queue FOLDER [JOBS [WORKERS [KILLS]]]     1,000, 4 and 50 when they are
//   not said
//
// FOLDER must not exist. Jobs are those of the stand-in for the program
// (tests/studio/fake_program.cpp), a process each; leases are let run out as they are.
#include "queue.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "act_command.hpp"
#include "studio/queue/queue.hpp"

extern char** environ;

namespace atelier::studio {
namespace {

using Clock = std::chrono::steady_clock;

pid_t start_worker(const std::string& folder) {
  std::string program = ATELIER_STAGE, role = "worker", data = folder;
  char* arguments[] = {program.data(), role.data(), data.data(), nullptr};
  pid_t process = 0;
  if (posix_spawn(&process, program.c_str(), nullptr, nullptr, arguments, environ) != 0)
    std::abort();
  return process;
}

void kill_worker(pid_t process) {
  ::kill(process, SIGKILL);
  ::waitpid(process, nullptr, 0);
}

/// What is wrong with a job that is to be done, or nothing.
std::string fault(const Job& job, std::uint64_t seed, const FileStore& store) {
  if (job.state != JobState::done) return state_name(job.state);
  if (job.outputs.size() != 1) return fmt::format("{} results", job.outputs.size());
  if (job.request["options"]["seed"] != seed) return "another's request";
  const auto path = store.path(job.outputs[0].file.digest);
  const std::string wanted = fmt::format("seed {}\n", seed);
  return std::filesystem::exists(path) && std::filesystem::file_size(path) == wanted.size()
             ? ""
             : "its result is not there";
}

}  // namespace

int queue_bench(const std::string& folder, int jobs, int workers, int kills) {
  std::filesystem::create_directory(folder);
  const std::vector<Command> commands = act_commands();
  Records records(folder);
  const FileStore store(folder);
  Queue queue(records, store);
  std::map<std::string, std::uint64_t> seeds;
  const auto begin = Clock::now();
  for (int i = 0; i < jobs; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const JobRequest request = parse_request(commands, act(seed, {{"pause", 5}, {"steps", 4}}));
    seeds[queue.submit(request, i % 3 == 0 ? "anna" : "bert", true).job.id] = seed;
  }
  const double submitted = std::chrono::duration<double>(Clock::now() - begin).count();
  std::vector<pid_t> crew;
  for (int i = 0; i < workers; ++i) crew.push_back(start_worker(folder));
  std::int64_t ended = 0;
  int killed = 0;
  while (ended < jobs) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    queue.reap();
    const std::vector<std::int64_t> counts = queue.counts();
    ended = counts[2] + counts[3] + counts[4];
    // A job that meets two kills is set aside, as it should be; here it is told to go on.
    for (const Job& job :
         queue.list({.state = JobState::set_aside, .command = {}, .before = 0, .limit = 200}))
      queue.retry(job.id);
    if (killed < kills && ended * (kills + 1) >= std::int64_t{jobs} * (killed + 1)) {
      pid_t& victim = crew[static_cast<std::size_t>(killed) % crew.size()];
      kill_worker(victim);
      victim = start_worker(folder);
      ++killed;
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (const pid_t process : crew) kill_worker(process);
  int faults = 0;
  std::int64_t attempts = 0, losses = 0;
  for (const auto& [id, seed] : seeds) {
    const Job job = *queue.find(id);
    attempts += job.attempts;
    losses += job.losses;
    const std::string what = fault(job, seed, store);
    if (what.empty()) continue;
    ++faults;
    fmt::print("job {} (seed {}): {}\n", id, seed, what);
  }
  fmt::print(
      "{} jobs, {} workers, {} kill -9 of workers: {:.1f} s, {:.0f} jobs/s; submitted at {:.0f}/s; "
      "{} attempts, {} leases lost; {} faults\n",
      jobs, workers, killed, seconds, jobs / seconds, jobs / submitted, attempts, losses, faults);
  return faults == 0 ? 0 : 1;
}

}  // namespace atelier::studio
