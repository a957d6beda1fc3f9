// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/queue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "studio/queue/job_rows.hpp"

namespace atelier::studio {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;

constexpr double day = 86'400;
constexpr std::size_t most_text = 4u << 20;  ///< bytes of what `write` writes that are kept
constexpr int most_points = 1000;
constexpr int kept_gone = 10'000;

std::string json_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The job of this lease, when it still is. Within a transaction.
std::optional<Job> held(const Database& database, const Lease& lease) {
  Statement row = database.prepare(fmt::format(
      "SELECT {} FROM jobs WHERE id = ? AND lease = ? AND state = 'running'", job_columns));
  row.bind(1, lease.job).bind(2, lease.token);
  if (!row.step()) return std::nullopt;
  return read_job(database, row);
}

void use_time(const Database& database, const std::string& owner, double seconds) {
  Statement use = database.prepare(
      "INSERT INTO owners VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET used = used + ?2");
  use.bind(1, owner).bind(2, seconds).run();
}

/// Whoever asked for nothing of late begins level with the least of those who wait or are served.
void level(const Database& database, const std::string& owner) {
  Statement busy = database.prepare(
      "SELECT 1 FROM jobs WHERE state IN ('queued', 'running') AND owner = ? LIMIT 1");
  if (busy.bind(1, owner).step()) return;
  Statement least = database.prepare(
      "SELECT coalesce(min(used), 0) FROM owners WHERE name IN (SELECT owner FROM jobs WHERE state "
      "IN ('queued', 'running'))");
  least.step();
  Statement raise = database.prepare(
      "INSERT INTO owners VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET used = max(used, ?2)");
  raise.bind(1, owner).bind(2, least.real(0)).run();
}

/// The end of a run under a lease: whatever state comes next.
void leave(const Database& database, const Job& job, JobState next, double now,
           const nlohmann::json& error, const std::string* log) {
  Statement update = database.prepare(
      "UPDATE jobs SET state = ?1, version = ?2, lease = '', lease_until = 0, stopping = 0, "
      "ended = ?3, error = ?4, log = coalesce(?5, log), preview = '' WHERE number = ?6");
  update.bind(1, std::string_view(state_name(next))).bind(2, next_version(database));
  update.bind(3, has_ended(next) ? now : 0.0).bind(4, std::string_view(json_text(error)));
  if (log != nullptr) update.bind(5, std::string_view(*log));
  update.bind(6, job.number).run();
  use_time(database, job.owner, std::max(0.0, now - job.started));
}

nlohmann::json lost_error(const std::string& what) {
  return {{"type", "/api/v1/problems/set-aside"},
          {"title", "The job was set aside"},
          {"status", 500},
          {"detail", what}};
}

void lose(const Database& database, const Job& job, double now, const nlohmann::json& error,
          const std::string* log) {
  Statement count = database.prepare("UPDATE jobs SET losses = losses + 1 WHERE number = ?");
  count.bind(1, job.number).run();
  if (job.stopping) {
    leave(database, job, JobState::cancelled, now, nullptr, log);
  } else if (job.losses + 1 >= Queue::most_losses) {
    leave(database, job, JobState::set_aside, now, error, log);
  } else {
    leave(database, job, JobState::queued, now, nullptr, log);
  }
}

/// Gives a job the files of an equal one that is done, when there is one.
bool reuse(const Database& database, const Job& job, double now) {
  Statement made = database.prepare(
      "SELECT number FROM jobs WHERE request_digest = ? AND state = 'done' ORDER BY number DESC "
      "LIMIT 1");
  if (!made.bind(1, job.request_digest).step()) return false;
  Statement copy = database.prepare(
      "INSERT INTO outputs SELECT ?1, position, name, file_name, digest FROM outputs WHERE job = "
      "?2");
  copy.bind(1, job.number).bind(2, made.integer(0)).run();
  Statement update = database.prepare(
      "UPDATE jobs SET state = 'done', reused = 1, version = ?1, ended = ?2, (report, text, log) = "
      "(SELECT report, text, log FROM jobs WHERE number = ?3) WHERE number = ?4");
  update.bind(1, next_version(database)).bind(2, now).bind(3, made.integer(0));
  update.bind(4, job.number).run();
  return true;
}

/// Thins the points by half when there are too many, so that a long run keeps its whole course.
void add_point(const Database& database, std::int64_t job, const nlohmann::json& progress) {
  if (!progress.contains("values") || progress["values"].empty()) return;
  const nlohmann::json point{{"done", progress.value("done", 0)},
                             {"seconds", progress.value("seconds", 0.0)},
                             {"values", progress["values"]}};
  Statement insert = database.prepare(
      "INSERT INTO points SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM points WHERE job = ?1");
  insert.bind(1, job).bind(2, std::string_view(point.dump())).run();
  Statement count = database.prepare("SELECT count(*) FROM points WHERE job = ?");
  count.bind(1, job).step();
  if (count.integer(0) <= most_points) return;
  Statement thin = database.prepare("DELETE FROM points WHERE job = ? AND number % 2 = 1");
  thin.bind(1, job).run();
  Statement close_up = database.prepare("UPDATE points SET number = number / 2 WHERE job = ?");
  close_up.bind(1, job).run();
}

/// Removes a file that nothing needs any more, if it is one that a job made.
void drop_if_unused(const Database& database, const FileStore& store, const std::string& digest) {
  if (file_in_use(database, digest)) return;
  Statement remove = database.prepare(
      "DELETE FROM files WHERE digest = ?1 AND origin = 'job' AND NOT EXISTS (SELECT 1 FROM inputs "
      "WHERE digest = ?1) RETURNING 1");
  const bool gone = remove.bind(1, digest).step();
  if (gone) remove.run();
  if (gone) store.remove(digest);
}

/// A preview is a file only while it is the newest.
void drop_preview(const Database& database, const FileStore& store, const std::string& digest) {
  if (digest.empty()) return;
  Statement kept = database.prepare(
      "SELECT EXISTS (SELECT 1 FROM files WHERE digest = ?1) OR EXISTS (SELECT 1 FROM jobs WHERE "
      "preview = ?1)");
  kept.bind(1, digest).step();
  if (kept.integer(0) == 0) store.remove(digest);
}

}  // namespace

Queue::Queue(Records& records, const FileStore& store, std::function<double()> clock)
    : records_(records), store_(store), clock_(std::move(clock)) {}

Queue::Submitted Queue::submit(const JobRequest& request, const std::string& owner, bool repeatable,
                               const std::string& key) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  const std::string digest = request_digest(request);
  Transaction transaction(database);
  if (!key.empty()) {
    database.prepare("DELETE FROM repeats WHERE created < ?").bind(1, now - day).run();
    Statement known =
        database.prepare("SELECT job, request_digest FROM repeats WHERE owner = ? AND key = ?");
    if (known.bind(1, owner).bind(2, key).step()) {
      if (known.text(1) != digest) {
        fail(ErrorKind::invalid_argument,
             "Idempotency-Key '{}' was used for another request; choose another key.", key);
      }
      if (std::optional<Job> job = find_job(database, known.text(0))) return {*job, false};
    }
    Statement remember = database.prepare("INSERT OR REPLACE INTO repeats VALUES (?, ?, ?, '', ?)");
    remember.bind(1, owner).bind(2, key).bind(3, digest).bind(4, now).run();
  }
  level(database, owner);
  Job job;
  job.id = random_text(12);
  job.request_digest = digest;
  Statement insert = database.prepare(
      "INSERT INTO jobs (id, version, owner, command, label, request, request_digest, repeatable, "
      "priority, state, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?) RETURNING number");
  insert.bind(1, job.id).bind(2, next_version(database)).bind(3, owner).bind(4, request.command);
  insert.bind(5, request.label).bind(6, std::string_view(json_text(to_json(request))));
  insert.bind(7, digest).bind(8, std::int64_t{repeatable}).bind(9, std::int64_t{request.priority});
  insert.bind(10, now).step();
  job.number = insert.integer(0);
  insert.run();
  for (const std::string& input : request.digests()) {
    database.prepare("INSERT INTO inputs VALUES (?, ?)").bind(1, job.number).bind(2, input).run();
  }
  if (!key.empty()) {
    database.prepare("UPDATE repeats SET job = ? WHERE owner = ? AND key = ?")
        .bind(1, job.id)
        .bind(2, owner)
        .bind(3, key)
        .run();
  }
  if (repeatable) reuse(database, job, now);
  transaction.commit();
  return {*find_job(database, job.id), true};
}

std::optional<std::pair<Job, Lease>> Queue::claim() {
  reap();
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  // Mostly nobody waits, and then nobody is to wait for this either.
  if (!database.prepare("SELECT 1 FROM jobs WHERE state = 'queued' LIMIT 1").step())
    return std::nullopt;
  const double now = clock_();
  Transaction transaction(database);
  for (;;) {
    Statement next = database.prepare(
        "SELECT j.number, j.id, j.request_digest, j.owner, j.repeatable FROM jobs j "
        "LEFT JOIN owners o ON o.name = j.owner WHERE j.state = 'queued' AND NOT (j.repeatable AND "
        "EXISTS (SELECT 1 FROM jobs r WHERE r.request_digest = j.request_digest AND r.state = "
        "'running')) ORDER BY coalesce(o.used, 0), j.owner, j.priority DESC, j.number LIMIT 1");
    if (!next.step()) {
      transaction.commit();
      return std::nullopt;
    }
    Job job;
    job.number = next.integer(0);
    job.id = next.text(1);
    job.request_digest = next.text(2);
    job.owner = next.text(3);
    // An equal request was done while this one waited.
    if (next.integer(4) != 0 && reuse(database, job, now)) continue;
    const Lease lease{job.id, random_text(16)};
    Statement take = database.prepare(
        "UPDATE jobs SET state = 'running', version = ?1, lease = ?2, lease_until = ?3, started = "
        "?4, attempts = attempts + 1, progress = 'null', text = '', error = 'null' WHERE number = "
        "?5");
    take.bind(1, next_version(database)).bind(2, lease.token).bind(3, now + lease_seconds);
    take.bind(4, now).bind(5, job.number).run();
    database.prepare("DELETE FROM points WHERE job = ?").bind(1, job.number).run();
    // What is being used counts while it runs, lest one takes all workers at once.
    use_time(database, job.owner, 1);
    transaction.commit();
    return std::pair{*find_job(database, job.id), lease};
  }
}

Orders Queue::orders(const Lease& lease) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.quick.prepare(
      "SELECT stopping FROM jobs WHERE id = ? AND lease = ? AND state = 'running'");
  if (!row.bind(1, lease.job).bind(2, lease.token).step()) return Orders::lost;
  return row.integer(0) != 0 ? Orders::stop : Orders::go_on;
}

Orders Queue::beat(const Lease& lease, const Beat& beat) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.quick;
  Transaction transaction(database);
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
    add_point(database, job->number, *beat.progress);
  }
  if (beat.preview) set("preview", *beat.preview);
  if (!beat.text.empty() && job->text.size() < most_text) set("text", job->text + beat.text);
  if (beat.log) set("log", *beat.log);
  if (beat.progress || beat.preview || !beat.text.empty()) {
    database.prepare("UPDATE jobs SET version = ? WHERE number = ?")
        .bind(1, next_version(database))
        .bind(2, job->number)
        .run();
  }
  if (beat.preview && *beat.preview != job->preview) drop_preview(database, store_, job->preview);
  transaction.commit();
  return job->stopping ? Orders::stop : Orders::go_on;
}

bool Queue::finish(const Lease& lease, const nlohmann::json& report, std::vector<MadeFile> files,
                   const std::string& log) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  Transaction transaction(database);
  const std::optional<Job> job = held(database, lease);
  if (!job) return false;
  std::int64_t position = 0;
  for (const MadeFile& file : files) {
    store_.keep(file.path, file.digest);
    insert_file(database, {file.digest, file.file_name, file.type.kind, file.type.media,
                           file.type.suffix, file.bytes, "job", now, 0});
    Statement insert = database.prepare("INSERT INTO outputs VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, job->number).bind(2, ++position).bind(3, file.name).bind(4, file.file_name);
    insert.bind(5, file.digest).run();
  }
  database.prepare("UPDATE jobs SET report = ? WHERE number = ?")
      .bind(1, std::string_view(json_text(report)))
      .bind(2, job->number)
      .run();
  leave(database, *job, JobState::done, now, nullptr, &log);
  drop_preview(database, store_, job->preview);
  transaction.commit();
  return true;
}

bool Queue::give_up(const Lease& lease, const nlohmann::json& error, const std::string& log) {
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  const std::optional<Job> job = held(records_.durable, lease);
  if (!job) return false;
  leave(records_.durable, *job, JobState::failed, clock_(), error, &log);
  drop_preview(records_.durable, store_, job->preview);
  transaction.commit();
  return true;
}

bool Queue::stopped(const Lease& lease, const std::string& log) {
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  const std::optional<Job> job = held(records_.durable, lease);
  if (!job) return false;
  leave(records_.durable, *job, JobState::cancelled, clock_(), nullptr, &log);
  drop_preview(records_.durable, store_, job->preview);
  transaction.commit();
  return true;
}

bool Queue::crashed(const Lease& lease, const nlohmann::json& error, const std::string& log) {
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  const std::optional<Job> job = held(records_.durable, lease);
  if (!job) return false;
  lose(records_.durable, *job, clock_(), error, &log);
  drop_preview(records_.durable, store_, job->preview);
  transaction.commit();
  return true;
}

bool Queue::release(const Lease& lease) {
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  const std::optional<Job> job = held(records_.durable, lease);
  if (!job) return false;
  leave(records_.durable, *job, job->stopping ? JobState::cancelled : JobState::queued, clock_(),
        nullptr, nullptr);
  drop_preview(records_.durable, store_, job->preview);
  transaction.commit();
  return true;
}

int Queue::reap() {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  Statement late = database.prepare(
      fmt::format("SELECT {} FROM jobs WHERE state = 'running' AND lease_until < ?", job_columns));
  // Looks without a transaction first: mostly there is nothing to do.
  if (!late.bind(1, now).step()) return 0;
  late.run();
  Transaction transaction(database);
  std::vector<Job> jobs;
  while (late.step()) jobs.push_back(read_job(database, late));
  for (const Job& job : jobs) {
    lose(database, job, now,
         lost_error("its worker ended twice while this job ran; see its log, then retry it."),
         nullptr);
    drop_preview(database, store_, job.preview);
  }
  transaction.commit();
  return static_cast<int>(jobs.size());
}

std::optional<Job> Queue::find(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  return find_job(records_.durable, id);
}

std::vector<Job> Queue::list(const Filter& filter) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(fmt::format(
      "SELECT {} FROM jobs WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR command = ?2) AND (?3 = 0 "
      "OR number < ?3) ORDER BY number DESC LIMIT ?4",
      job_columns));
  rows.bind(1, std::string_view(filter.state ? state_name(*filter.state) : ""));
  rows.bind(2, filter.command).bind(3, filter.before).bind(4, std::int64_t{filter.limit});
  std::vector<Job> jobs;
  while (rows.step()) jobs.push_back(read_job(records_.durable, rows));
  return jobs;
}

std::string Queue::log(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare("SELECT log FROM jobs WHERE id = ?");
  return row.bind(1, id).step() ? row.text(0) : "";
}

std::vector<nlohmann::json> Queue::points(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(
      "SELECT point FROM points WHERE job = (SELECT number FROM jobs WHERE id = ?) ORDER BY "
      "number");
  rows.bind(1, id);
  std::vector<nlohmann::json> points;
  while (rows.step()) points.push_back(nlohmann::json::parse(rows.text(0)));
  return points;
}

std::vector<std::int64_t> Queue::counts() {
  const std::scoped_lock lock(records_.mutex);
  std::vector<std::int64_t> counts(6);
  Statement rows = records_.durable.prepare("SELECT state, count(*) FROM jobs GROUP BY state");
  while (rows.step()) {
    counts.at(static_cast<std::size_t>(state_of(rows.text(0)))) = rows.integer(1);
  }
  return counts;
}

std::int64_t Queue::waiting(const std::string& owner) {
  const std::scoped_lock lock(records_.mutex);
  Statement row =
      records_.durable.prepare("SELECT count(*) FROM jobs WHERE state = 'queued' AND owner = ?");
  row.bind(1, owner).step();
  return row.integer(0);
}

std::optional<Job> Queue::cancel(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  const std::optional<Job> job = find_job(database, id);
  if (!job || has_ended(job->state)) return job;
  Statement update = database.prepare(
      job->state == JobState::queued
          ? "UPDATE jobs SET state = 'cancelled', version = ?1, ended = ?2 WHERE number = ?3"
          : "UPDATE jobs SET stopping = 1, version = ?1 WHERE number = ?3 AND ?2 > 0");
  update.bind(1, next_version(database)).bind(2, clock_()).bind(3, job->number).run();
  transaction.commit();
  return find_job(database, id);
}

std::optional<Job> Queue::retry(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  const std::optional<Job> job = find_job(database, id);
  if (!job) return job;
  if (!has_ended(job->state) || job->state == JobState::done) {
    fail(ErrorKind::cancelled, "a job that is {} cannot be tried again; submit it anew.",
         state_name(job->state));
  }
  level(database, job->owner);
  Statement update = database.prepare(
      "UPDATE jobs SET state = 'queued', version = ?, losses = 0, started = 0, ended = 0, error = "
      "'null', progress = 'null', text = '' WHERE number = ?");
  update.bind(1, next_version(database)).bind(2, job->number).run();
  transaction.commit();
  return find_job(database, id);
}

bool Queue::remove(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database);
  const std::optional<Job> job = find_job(database, id);
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
  return true;
}

}  // namespace atelier::studio
