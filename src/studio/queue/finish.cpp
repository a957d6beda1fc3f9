// SPDX-License-Identifier: Apache-2.0
// The ends of a job that a worker had.
#include <fmt/format.h>

#include "studio/queue/changes.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/queue.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;
using store::Writers;

nlohmann::json lost_error(const std::string& what) {
  return {{"type", "/api/v1/problems/set-aside"},
          {"title", "The job was set aside"},
          {"status", 500},
          {"detail", what}};
}

/// What was offered in vain, unless another job holds it.
void withdraw(const Database& database, const FileStore& store,
              const std::vector<MadeFile>& files) {
  for (const MadeFile& file : files) {
    Statement known = database.prepare("SELECT 1 FROM files WHERE digest = ?");
    if (!known.bind(1, file.digest).step()) store.withdraw(file.digest);
  }
}

}  // namespace

bool Queue::finish(const Lease& lease, const nlohmann::json& report,
                   const std::vector<MadeFile>& files, const std::string& log) {
  for (const MadeFile& file : files) store_.offer(file.path, file.digest);
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  Transaction transaction(database);
  const std::optional<Job> job = held(database, lease);
  if (!job) {
    withdraw(database, store_, files);
    return false;
  }
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
  transaction.commit();
  drop_what_is_past(*job);
  return true;
}

template <class End>
bool Queue::end(const Lease& lease, End how) {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  Transaction transaction(database, Writers::many);
  const std::optional<Job> job = held(database, lease);
  if (!job) return false;
  how(database, *job, clock_());
  transaction.commit();
  drop_what_is_past(*job);
  return true;
}

bool Queue::give_up(const Lease& lease, const nlohmann::json& error, const std::string& log) {
  return end(lease, [&](const Database& database, const Job& job, double now) {
    leave(database, job, JobState::failed, now, error, &log);
  });
}

bool Queue::decline(const Lease& lease, const std::string& worker, const nlohmann::json& error,
                    const std::string& log) {
  return end(lease, [&](const Database& database, const Job& job, double now) {
    database.prepare("INSERT INTO declined VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(1, job.number)
        .bind(2, worker)
        .run();
    Statement other = database.prepare(
        fmt::format("SELECT 1 FROM workers w JOIN jobs j ON j.number = ? WHERE w.seen > ? AND {} "
                    "LIMIT 1",
                    fits_sql()));
    const bool left = other.bind(1, job.number).bind(2, now - Workers::there_seconds).step();
    leave(database, job, left ? JobState::queued : JobState::failed, now,
          left ? nlohmann::json() : error, &log);
  });
}

bool Queue::stopped(const Lease& lease, const std::string& log) {
  return end(lease, [&](const Database& database, const Job& job, double now) {
    leave(database, job, JobState::cancelled, now, nullptr, &log);
  });
}

bool Queue::crashed(const Lease& lease, const nlohmann::json& error, const std::string& log) {
  return end(lease, [&](const Database& database, const Job& job, double now) {
    lose(database, job, now, error, &log);
  });
}

bool Queue::release(const Lease& lease) {
  return end(lease, [](const Database& database, const Job& job, double now) {
    leave(database, job, job.stopping ? JobState::cancelled : JobState::queued, now, nullptr,
          nullptr);
  });
}

void Queue::drop_preview(const std::string& digest) {
  if (digest.empty()) return;
  Statement shown = records_.quick.prepare("SELECT 1 FROM jobs WHERE preview = ? LIMIT 1");
  if (!shown.bind(1, digest).step()) store_.remove_preview(digest);
}

void Queue::drop_checkpoints(const Job& before) {
  // A worker that was lost may have left one that it could not tell of any more.
  if (before.checkpoint.empty() && before.attempts < 2) return;
  Statement row = records_.quick.prepare("SELECT checkpoint FROM jobs WHERE number = ?");
  const std::string kept = row.bind(1, before.number).step() ? row.text(0) : "";
  for (int attempt = 1; attempt <= before.attempts; ++attempt) {
    const std::string name = checkpoint_name(before.id, attempt);
    if (name != kept) store_.remove_checkpoint(name);
  }
}

void Queue::drop_what_is_past(const Job& before) {
  drop_preview(before.preview);
  drop_checkpoints(before);
}

int Queue::reap() {
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.durable;
  const double now = clock_();
  // Looks without a transaction first: mostly there is nothing to do.
  Statement late =
      database.prepare("SELECT 1 FROM jobs WHERE state = 'running' AND lease_until < ? LIMIT 1");
  if (!late.bind(1, now).step()) return 0;
  late.run();
  Transaction transaction(database, Writers::many);
  Statement rows = database.prepare(fmt::format(
      "SELECT {} FROM jobs WHERE state = 'running' AND lease_until < ? ORDER BY number{}",
      job_columns, row_lock(database, "FOR UPDATE SKIP LOCKED")));
  rows.bind(1, now);
  std::vector<Job> jobs;
  while (rows.step()) jobs.push_back(read_job(database, rows));
  for (const Job& job : jobs) {
    lose(database, job, now,
         lost_error("its worker ended twice while this job ran; see its log, then retry it."),
         nullptr);
  }
  transaction.commit();
  for (const Job& job : jobs) drop_what_is_past(job);
  return static_cast<int>(jobs.size());
}

}  // namespace atelier::studio
