// SPDX-License-Identifier: Apache-2.0
// Small jobs through several workers and a server that are all killed in the middle, over and over.
// Says how many came through and how fast, and ends with 1 where one is lost, stuck, or delivered
// twice.
//
//   atelier_studio_bench queue FOLDER [sqlite|postgres [JOBS [WORKERS [KILLS [SERVER_KILLS]]]]]
//
// sqlite, 1,000, 4, 50 and 5 when they are not said. FOLDER must not exist. `postgres`: a server in
// a folder of its own, which is not killed and does not flush (tests/postgres_server.hpp). Jobs are
// those of the stand-in for the program (tests/studio/fake_program.cpp), a process each, submitted
// over HTTP under keys, so that who asks again gets the same job; leases are let run out as they
// are.
#include "queue.hpp"

#include <fmt/format.h>

#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "act_command.hpp"
#include "postgres_server.hpp"
#include "stage_process.hpp"
#include "studio/api/job_events.hpp"
#include "studio/queue/queue.hpp"
#include "submitter.hpp"

namespace atelier::studio {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

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

/// Counts the versions in which each job was told to be done: one delivery is one.
class Deliveries {
 public:
  explicit Deliveries(const Place& place)
      : thread_([this, place](const std::stop_token& stop) { listen(place, stop); }) {}

  std::map<std::string, std::set<std::int64_t>> end() {
    thread_.request_stop();
    thread_.join();
    return seen_;
  }

 private:
  void listen(const Place& place, const std::stop_token& stop) {
    const store::Database records = open_records(place);
    records.listen(changes_channel);
    std::int64_t version = 0;
    while (!stop.stop_requested()) {
      if (!records.wait(200ms)) continue;
      for (const http::Event& event : changes_after(records, version)) {
        version = event.version;
        if (event.text->find("\"state\":\"done\"") != std::string::npos)
          seen_[event.about].insert(event.version);
      }
    }
  }

  std::map<std::string, std::set<std::int64_t>> seen_;
  std::jthread thread_;
};

/// Whether the next of `kills` is due when so much is done.
bool is_due(std::int64_t done, std::int64_t jobs, int killed, int kills) {
  return killed < kills && done * (kills + 1) >= jobs * (killed + 1);
}

}  // namespace

int queue_bench(const QueueBench& options) {
  std::filesystem::create_directory(options.folder);
  std::optional<PostgresTestServer> server;
  if (options.postgres) server.emplace();
  const Place place(options.folder, server ? server->new_database() : "", "");
  Records records(place);
  const FileStore store(place);
  Queue queue(records, store);
  Deliveries deliveries(place);

  StageProcess studio("serve", place);
  std::vector<StageProcess> crew;
  for (int i = 0; i < options.workers; ++i) crew.emplace_back("worker", place);
  const auto begin = Clock::now();
  Submitter submitter(place, options.jobs, studio.port());
  std::atomic<std::int64_t> ended = 0;
  int killed = 0, servers_killed = 0;
  double longest_restart = 0;
  // A server takes its time to come back, and workers are killed meanwhile.
  std::jthread server_killer([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && servers_killed < options.server_kills) {
      std::this_thread::sleep_for(20ms);
      // The first kills come while jobs are being submitted.
      const std::int64_t progress = (submitter.count() + ended) / 2;
      if (!is_due(progress, options.jobs, servers_killed, options.server_kills)) continue;
      ++servers_killed;
      const auto dead = Clock::now();
      studio.kill_and_restart();
      submitter.go_to(studio.port());
      longest_restart =
          std::max(longest_restart, std::chrono::duration<double>(Clock::now() - dead).count());
    }
  });
  while (ended < options.jobs) {
    std::this_thread::sleep_for(50ms);
    const std::vector<std::int64_t> counts = queue.counts();
    ended = counts[2] + counts[3] + counts[4];
    // A job that meets two kills is set aside, as it should be; here it is told to go on.
    for (const Job& job :
         queue.list({.state = JobState::set_aside, .command = {}, .before = 0, .limit = 200}))
      queue.retry(job.id);
    while (is_due(ended, options.jobs, killed, options.kills))
      crew[static_cast<std::size_t>(killed++) % crew.size()].kill_and_restart();
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const std::map<std::string, std::uint64_t> seeds = submitter.end();
  server_killer.request_stop();
  server_killer.join();
  crew.clear();
  std::this_thread::sleep_for(500ms);  // what was told last is heard
  const auto delivered = deliveries.end();
  int faults = seeds.size() == static_cast<std::size_t>(options.jobs) ? 0 : 1;
  std::int64_t attempts = 0, losses = 0;
  for (const auto& [id, seed] : seeds) {
    const Job job = *queue.find(id);
    attempts += job.attempts;
    losses += job.losses;
    std::string what = fault(job, seed, store);
    const auto told = delivered.find(id);
    if (what.empty() && told != delivered.end() && told->second.size() > 1)
      what = fmt::format("delivered {} times", told->second.size());
    if (what.empty()) continue;
    ++faults;
    fmt::print("job {} (seed {}): {}\n", id, seed, what);
  }
  fmt::print(
      "{}: {} jobs, {} workers, {} kill -9 of workers, {} of the server (away {:.1f} s at most): "
      "{:.1f} s, {:.1f} jobs/s; {} requests sent, {} attempts, {} leases lost; {} faults\n",
      options.postgres ? "PostgreSQL" : "SQLite", seeds.size(), options.workers, killed,
      servers_killed, longest_restart, seconds, options.jobs / seconds, submitter.requests(),
      attempts, losses, faults);
  return faults == 0 ? 0 : 1;
}

}  // namespace atelier::studio
