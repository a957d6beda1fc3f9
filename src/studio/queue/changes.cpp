// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/utf8.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/usage.hpp"

namespace atelier::studio {

using store::Database;
using store::Statement;

std::string json_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string kept_text(std::string_view text) {
  constexpr char32_t replacement = U'\uFFFD';
  std::string kept;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const bool fine = point && point->value != 0;
    append_utf8(fine ? point->value : replacement, kept);
    text.remove_prefix(point ? point->bytes : 1);
  }
  return kept;
}

std::optional<Job> hold_job(const Database& database, const std::string& id) {
  Statement row = database.prepare(fmt::format("SELECT {} FROM jobs WHERE id = ?{}", job_columns,
                                               row_lock(database, "FOR UPDATE")));
  if (!row.bind(1, id).step()) return std::nullopt;
  return read_job(database, row);
}

std::optional<Job> held(const Database& database, const Lease& lease) {
  Statement row = database.prepare(
      fmt::format("SELECT {} FROM jobs WHERE id = ? AND lease = ? AND state = 'running'{}",
                  job_columns, row_lock(database, "FOR UPDATE")));
  row.bind(1, lease.job).bind(2, lease.token);
  if (!row.step()) return std::nullopt;
  return read_job(database, row);
}

void use_time(const Database& database, const std::string& owner, double seconds) {
  Statement use = database.prepare(
      "INSERT INTO owners VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET used = owners.used + "
      "?2");
  use.bind(1, owner).bind(2, seconds).run();
}

void level(const Database& database, const std::string& owner) {
  Statement busy = database.prepare(
      "SELECT 1 FROM jobs WHERE state IN ('queued', 'running') AND owner = ? LIMIT 1");
  if (busy.bind(1, owner).step()) return;
  Statement least = database.prepare(
      "SELECT coalesce(min(used), 0) FROM owners WHERE name IN (SELECT owner FROM jobs WHERE state "
      "IN ('queued', 'running'))");
  least.step();
  Statement raise = database.prepare(
      "INSERT INTO owners VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET used = ?2 WHERE "
      "owners.used < ?2");
  raise.bind(1, owner).bind(2, least.real(0)).run();
}

void leave(const Database& database, const Job& job, JobState next, double now,
           const nlohmann::json& error, const std::string* log) {
  Statement update = database.prepare(
      "UPDATE jobs SET state = ?1, version = ?2, lease = '', lease_until = 0, stopping = 0, "
      "ended = ?3, error = ?4, log = coalesce(?5, log), preview = CASE WHEN ?7 = 1 THEN preview "
      "ELSE '' END, checkpoint = CASE WHEN ?8 = 1 THEN checkpoint ELSE '' END WHERE number = ?6");
  update.bind(1, std::string_view(state_name(next))).bind(2, next_version(database));
  update.bind(3, has_ended(next) ? now : 0.0).bind(4, std::string_view(json_text(error)));
  if (log != nullptr) update.bind(5, std::string_view(kept_text(*log)));
  const bool goes_on = next == JobState::queued && !job.checkpoint.empty();
  // Who cancels may think better of it.
  const bool may_go_on = goes_on || next == JobState::cancelled;
  update.bind(6, job.number).bind(7, std::int64_t{goes_on}).bind(8, std::int64_t{may_go_on}).run();
  const double seconds = std::max(0.0, now - job.started);
  use_time(database, job.owner, seconds);
  spend(database, job.owner, now, seconds);
  database.notify(jobs_channel);
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

bool reuse(const Database& database, std::int64_t job, const std::string& request_digest,
           double now) {
  Statement made = database.prepare(
      "SELECT number FROM jobs WHERE request_digest = ? AND state = 'done' AND repeatable = 1 "
      "ORDER BY number DESC LIMIT 1");
  if (!made.bind(1, request_digest).step()) return false;
  Statement copy = database.prepare(
      "INSERT INTO outputs SELECT ?1, position, name, file_name, digest FROM outputs WHERE job = "
      "?2");
  copy.bind(1, job).bind(2, made.integer(0)).run();
  Statement update = database.prepare(
      "UPDATE jobs SET state = 'done', reused = 1, version = ?1, ended = ?2, checkpoint = '', "
      "preview = '', (report, text, log) = "
      "(SELECT report, text, log FROM jobs WHERE number = ?3) WHERE number = ?4");
  update.bind(1, next_version(database)).bind(2, now).bind(3, made.integer(0));
  update.bind(4, job).run();
  return true;
}

void drop_if_unused(const Database& database, const FileStore& store, const std::string& digest) {
  if (file_in_use(database, digest)) return;
  Statement remove = database.prepare(
      "DELETE FROM files WHERE digest = ?1 AND origin = 'job' AND NOT EXISTS (SELECT 1 FROM inputs "
      "WHERE digest = ?1) AND NOT EXISTS (SELECT 1 FROM uploads WHERE digest = ?1) RETURNING 1");
  const bool gone = remove.bind(1, digest).step();
  if (gone) remove.run();
  if (gone) store.remove(digest);
}

}  // namespace atelier::studio
