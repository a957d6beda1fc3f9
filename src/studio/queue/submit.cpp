// SPDX-License-Identifier: Apache-2.0
// What those who ask do with jobs. One at a time writes here: what is looked at stays true.
#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "studio/queue/changes.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/queue.hpp"

namespace atelier::studio {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;

constexpr double day = 86'400;
constexpr int kept_gone = 10'000;

/// The job that this key was used for, if any; otherwise the key is this job's from now on.
std::optional<Job> repeated(const Database& database, const std::string& owner,
                            const std::string& key, const std::string& digest,
                            const std::string& job, double now) {
  database.prepare("DELETE FROM repeats WHERE created < ?").bind(1, now - day).run();
  Statement known =
      database.prepare("SELECT job, request_digest FROM repeats WHERE owner = ? AND key = ?");
  if (known.bind(1, owner).bind(2, key).step()) {
    if (known.text(1) != digest) {
      fail(ErrorKind::invalid_argument,
           "Idempotency-Key '{}' was used for another request; choose another key.", key);
    }
    if (std::optional<Job> before = find_job(database, known.text(0))) return before;
  }
  Statement remember = database.prepare(
      "INSERT INTO repeats VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (owner, key) DO UPDATE SET "
      "request_digest = ?3, job = ?4, created = ?5");
  remember.bind(1, owner).bind(2, key).bind(3, digest).bind(4, job).bind(5, now).run();
  return std::nullopt;
}

void add_needs(const Database& database, std::int64_t job, const JobRequest& request) {
  std::vector<std::string> words{command_word(request.command)};
  if (request.needs.gpu) words.emplace_back(gpu_word);
  if (!request.needs.server.empty()) words.push_back(server_word(request.needs.server));
  for (const std::string& model : request.needs.models) words.push_back(model_word(model));
  for (const std::string& word : words) {
    database.prepare("INSERT INTO needs VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(1, job)
        .bind(2, word)
        .run();
  }
}

}  // namespace

Queue::Submitted Queue::submit(const JobRequest& request, const std::string& owner, bool repeatable,
                               const std::string& key) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  const std::string digest = request_digest(request);
  const std::string id = random_text(12);
  Transaction transaction(database);
  if (!key.empty()) {
    if (std::optional<Job> before = repeated(database, owner, key, digest, id, now))
      return {*before, false};
  }
  const std::int64_t version = next_version(database);
  level(database, owner);
  Statement insert = database.prepare(
      "INSERT INTO jobs (id, version, owner, command, label, request, request_digest, repeatable, "
      "priority, state, created, memory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?) "
      "RETURNING number");
  insert.bind(1, id).bind(2, version).bind(3, owner).bind(4, request.command);
  insert.bind(5, request.label).bind(6, std::string_view(json_text(to_json(request))));
  insert.bind(7, digest).bind(8, std::int64_t{repeatable}).bind(9, std::int64_t{request.priority});
  insert.bind(10, now).bind(11, request.needs.memory).step();
  const std::int64_t number = insert.integer(0);
  insert.run();
  for (const std::string& input : request.digests()) {
    database.prepare("INSERT INTO inputs VALUES (?, ?)").bind(1, number).bind(2, input).run();
  }
  add_needs(database, number, request);
  if (!repeatable || !reuse(database, number, digest, now)) database.notify(jobs_channel);
  Job job = known_job(database, id);
  transaction.commit();
  return {std::move(job), true};
}

std::optional<Job> Queue::cancel(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  std::optional<Job> job = hold_job(database, id);
  if (!job || has_ended(job->state)) return job;
  Statement update = database.prepare(
      job->state == JobState::queued
          ? "UPDATE jobs SET state = 'cancelled', version = ?1, ended = ?2, preview = '' WHERE "
            "number = ?3"
          : "UPDATE jobs SET stopping = 1, version = ?1 WHERE number = ?3 AND ?2 > 0");
  update.bind(1, next_version(database)).bind(2, clock_()).bind(3, job->number).run();
  transaction.commit();
  if (job->state == JobState::queued) drop_what_is_past(*job);
  return find_job(database, id);
}

std::optional<Job> Queue::finish_early(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  std::optional<Job> job = hold_job(database, id);
  if (!job || job->stopping || job->finishing) return job;
  if (job->state != JobState::running || !job->progress.is_object() ||
      !job->progress.value("may_finish", false)) {
    fail(ErrorKind::cancelled,
         "only a painting or training that runs and has something to show can end early; cancel it "
         "instead.");
  }
  Statement update = database.prepare(
      "UPDATE jobs SET stopping = ?, repeatable = 0, version = ? WHERE number = ?");
  update.bind(1, std::int64_t{finish_order}).bind(2, next_version(database)).bind(3, job->number);
  update.run();
  transaction.commit();
  return find_job(database, id);
}

std::optional<Job> Queue::retry(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  std::optional<Job> job = hold_job(database, id);
  if (!job) return job;
  if (!has_ended(job->state) || job->state == JobState::done) {
    fail(ErrorKind::cancelled, "a job that is {} cannot be tried again; submit it anew.",
         state_name(job->state));
  }
  const std::int64_t version = next_version(database);
  level(database, job->owner);
  database.prepare("DELETE FROM declined WHERE job = ?").bind(1, job->number).run();
  Statement update = database.prepare(
      "UPDATE jobs SET state = 'queued', version = ?, losses = 0, started = 0, ended = 0, error = "
      "'null', progress = CASE WHEN checkpoint = '' THEN 'null' ELSE progress END, text = '' WHERE "
      "number = ?");
  update.bind(1, version).bind(2, job->number).run();
  database.notify(jobs_channel);
  transaction.commit();
  return find_job(database, id);
}

std::optional<Job> Queue::share(const std::string& id, bool shared) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  if (!hold_job(database, id)) return std::nullopt;
  Statement update = database.prepare("UPDATE jobs SET shared = ?, version = ? WHERE id = ?");
  update.bind(1, std::int64_t{shared}).bind(2, next_version(database)).bind(3, id).run();
  transaction.commit();
  return find_job(database, id);
}

bool Queue::remove(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  const std::optional<Job> job = hold_job(database, id);
  if (!job) return false;
  if (!has_ended(job->state)) {
    fail(ErrorKind::cancelled, "a job that is {} cannot be deleted; cancel it first.",
         state_name(job->state));
  }
  database.prepare("DELETE FROM repeats WHERE job = ?").bind(1, id).run();
  database.prepare("DELETE FROM jobs WHERE number = ?").bind(1, job->number).run();
  Statement gone = database.prepare("INSERT INTO gone VALUES (?, ?)");
  gone.bind(1, next_version(database)).bind(2, id).run();
  database.run(fmt::format(
      "DELETE FROM gone WHERE version NOT IN (SELECT version FROM gone ORDER BY version DESC LIMIT "
      "{})",
      kept_gone));
  for (const OutputRecord& output : job->outputs) {
    drop_if_unused(database, store_, output.file.digest);
  }
  transaction.commit();
  drop_checkpoints(*job);
  return true;
}

}  // namespace atelier::studio
