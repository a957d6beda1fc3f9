// SPDX-License-Identifier: Apache-2.0
// What a worker does with a job before its end.
#include <fmt/format.h>

#include "studio/queue/changes.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/queue.hpp"
#include "studio/queue/usage.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;
using store::Writers;

constexpr std::size_t most_text = 4u << 20;  ///< bytes of what `write` writes that are kept
constexpr int most_points = 1000;

/// Jobs that may be begun, the next one first; one that another worker looks at is passed over.
constexpr std::string_view waiting_sql =
    "SELECT j.number, j.id, j.request_digest, j.owner, j.repeatable FROM jobs j "
    "LEFT JOIN owners o ON o.name = j.owner WHERE j.state = 'queued' AND (j.repeatable = 0 OR "
    "NOT EXISTS (SELECT 1 FROM jobs r WHERE r.request_digest = j.request_digest AND r.state = "
    "'running')) AND (?1 = '' OR EXISTS (SELECT 1 FROM workers w WHERE w.id = ?1 AND {})) AND {} "
    "ORDER BY "
    "coalesce(o.used, 0), j.owner, j.priority DESC, j.number LIMIT 1{}";

struct Waiting {
  std::int64_t number = 0;
  std::string id, request_digest, owner;
  bool repeatable = false;
};

std::optional<Waiting> next_waiting(const Database& database, const std::string& worker,
                                    double now) {
  Statement next =
      database.prepare(fmt::format(fmt::runtime(waiting_sql), fits_sql(), has_time_left("?2"),
                                   row_lock(database, "FOR UPDATE OF j SKIP LOCKED")));
  next.bind(1, worker).bind(2, day_of(now));
  if (!next.step()) return std::nullopt;
  Waiting waiting{next.integer(0), next.text(1), next.text(2), next.text(3), next.integer(4) != 0};
  next.run();
  return waiting;
}

/// Whether an equal request runs already. Of those who begin equal requests at the same moment one
/// goes first; the others see it here.
bool runs_already(const Database& database, const std::string& request_digest) {
  if (database.dialect() == store::Dialect::postgres) {
    database.prepare("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
        .bind(1, request_digest)
        .run();
  }
  Statement running =
      database.prepare("SELECT 1 FROM jobs WHERE request_digest = ? AND state = 'running' LIMIT 1");
  return running.bind(1, request_digest).step();
}

bool done_already(const Database& database, const std::string& request_digest) {
  Statement done = database.prepare(
      "SELECT 1 FROM jobs WHERE request_digest = ? AND state = 'done' AND repeatable = 1 LIMIT 1");
  return done.bind(1, request_digest).step();
}

/// Forgets the points of this step and later ones, which a job that goes on from its checkpoint
/// takes again.
void drop_points_from(const Database& database, std::int64_t job, std::int64_t done) {
  while (true) {
    Statement last = database.prepare(
        "SELECT number, point FROM points WHERE job = ? ORDER BY number DESC LIMIT 1");
    if (!last.bind(1, job).step()) return;
    const auto point = nlohmann::json::parse(last.text(1));
    const std::int64_t number = last.integer(0);
    last.run();
    if (point.value("done", std::int64_t{0}) < done) return;
    database.prepare("DELETE FROM points WHERE job = ? AND number = ?")
        .bind(1, job)
        .bind(2, number)
        .run();
  }
}

/// Thins the points by half when there are too many, so that a long run keeps its whole course.
void add_point(const Database& database, const Job& of, const nlohmann::json& progress) {
  const std::int64_t job = of.number;
  if (!progress.contains("values") || progress["values"].empty()) return;
  const nlohmann::json point{{"done", progress.value("done", std::int64_t{0})},
                             {"seconds", progress.value("seconds", 0.0)},
                             {"values", progress["values"]}};
  if (!of.checkpoint.empty()) drop_points_from(database, job, point["done"].get<std::int64_t>());
  Statement insert = database.prepare(
      "INSERT INTO points SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM points WHERE job = ?1");
  insert.bind(1, job).bind(2, std::string_view(point.dump())).run();
  Statement count = database.prepare("SELECT count(*) FROM points WHERE job = ?");
  count.bind(1, job).step();
  if (count.integer(0) <= most_points) return;
  Statement thin = database.prepare("DELETE FROM points WHERE job = ? AND number % 2 = 1");
  thin.bind(1, job).run();
  // By way of numbers that none has: in PostgreSQL no row may pass another's on its way.
  for (const char* close_up : {"UPDATE points SET number = -(number / 2) WHERE job = ?",
                               "UPDATE points SET number = -number WHERE job = ?"}) {
    database.prepare(close_up).bind(1, job).run();
  }
}

}  // namespace

std::optional<std::pair<Job, Lease>> Queue::claim(const std::string& worker) {
  reap();
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  // Mostly nobody waits, and then nobody is to wait for this either.
  while (database.prepare("SELECT 1 FROM jobs WHERE state = 'queued' LIMIT 1").step()) {
    Transaction transaction(database, Writers::many);
    const double now = clock_();
    const std::optional<Waiting> next = next_waiting(database, worker, now);
    if (!next) return std::nullopt;
    if (next->repeatable && runs_already(database, next->request_digest)) continue;
    if (next->repeatable && done_already(database, next->request_digest)) {
      transaction.commit();
      reuse_for(next->id);
      continue;
    }
    const Lease lease{next->id, random_text(16)};
    Statement take = database.prepare(
        "UPDATE jobs SET state = 'running', version = ?1, lease = ?2, lease_until = ?3, started = "
        "?4, attempts = attempts + 1, progress = CASE WHEN checkpoint = '' THEN 'null' ELSE "
        "progress END, text = '', error = 'null', worker = ?6 WHERE number = ?5");
    take.bind(1, next_version(database)).bind(2, lease.token).bind(3, now + lease_seconds);
    take.bind(4, now).bind(5, next->number).bind(6, worker).run();
    database
        .prepare(
            "DELETE FROM points WHERE job = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE number = ?1 "
            "AND checkpoint = '')")
        .bind(1, next->number)
        .run();
    // What is being used counts while it runs, lest one takes all workers at once.
    use_time(database, next->owner, 1);
    Job job = known_job(database, next->id);
    transaction.commit();
    return std::pair{std::move(job), lease};
  }
  return std::nullopt;
}

void Queue::reuse_for(const std::string& id) {
  const Database& database = records_.durable;
  Transaction transaction(database);
  const std::optional<Job> job = hold_job(database, id);
  if (!job || job->state != JobState::queued) return;
  reuse(database, job->number, job->request_digest, clock_());
  transaction.commit();
  drop_what_is_past(*job);
}

Orders Queue::orders(const Lease& lease) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.quick.prepare(
      "SELECT stopping FROM jobs WHERE id = ? AND lease = ? AND state = 'running'");
  if (!row.bind(1, lease.job).bind(2, lease.token).step()) return Orders::lost;
  if (row.integer(0) == stop_order) return Orders::stop;
  return row.integer(0) == finish_order ? Orders::finish : Orders::go_on;
}

Orders Queue::beat(const Lease& lease, const Beat& beat) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.quick;
  Transaction transaction(database, Writers::many);
  const std::optional<Job> job = held(database, lease);
  if (!job) return Orders::lost;
  database.prepare("UPDATE jobs SET lease_until = ? WHERE number = ?")
      .bind(1, clock_() + lease_seconds)
      .bind(2, job->number)
      .run();
  const auto set = [&](const char* column, std::string_view value) {
    database.prepare(fmt::format("UPDATE jobs SET {} = ? WHERE number = ?", column))
        .bind(1, value)
        .bind(2, job->number)
        .run();
  };
  if (beat.progress) {
    set("progress", json_text(*beat.progress));
    add_point(database, *job, *beat.progress);
  }
  if (beat.preview) set("preview", *beat.preview);
  if (beat.checkpoint) set("checkpoint", *beat.checkpoint);
  if (!beat.text.empty() && job->text.size() < most_text)
    set("text", job->text + kept_text(beat.text));
  if (beat.log) set("log", kept_text(*beat.log));
  if (beat.progress || beat.preview || !beat.text.empty()) {
    database.prepare("UPDATE jobs SET version = ? WHERE number = ?")
        .bind(1, next_version(database))
        .bind(2, job->number)
        .run();
  }
  transaction.commit();
  if (beat.preview && *beat.preview != job->preview) drop_preview(job->preview);
  if (beat.checkpoint && *beat.checkpoint != job->checkpoint) drop_checkpoints(*job);
  if (job->stopping) return Orders::stop;
  return job->finishing ? Orders::finish : Orders::go_on;
}

}  // namespace atelier::studio
