// SPDX-License-Identifier: Apache-2.0
#include "studio/api/job_events.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "studio/queue/job_rows.hpp"

namespace atelier::studio {
namespace {

using store::Statement;

std::shared_ptr<const std::string> event_text(std::int64_t id, const char* kind,
                                              const nlohmann::ordered_json& data) {
  // JSON on one line: no line of it can be taken for another field.
  return std::make_shared<const std::string>(
      fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, kind,
                  data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

std::vector<http::Event> read_events(const store::Database& database, Statement& rows) {
  std::vector<http::Event> events;
  while (rows.step()) events.push_back(job_event(read_job(database, rows)));
  return events;
}

}  // namespace

http::Event job_event(const Job& job) {
  return {job.id, job.version, event_text(job.version, "job", to_json(job, false)),
          has_ended(job.state), job.shared ? std::string() : job.owner};
}

std::vector<http::Event> changes_after(const store::Database& database, std::int64_t version) {
  Statement rows = database.prepare(
      fmt::format("SELECT {} FROM jobs WHERE version > ? ORDER BY version", job_columns));
  rows.bind(1, version);
  std::vector<http::Event> events = read_events(database, rows);
  Statement gone = database.prepare("SELECT version, id FROM gone WHERE version > ?");
  gone.bind(1, version);
  while (gone.step()) {
    const std::int64_t at = gone.integer(0);
    events.push_back({gone.text(1), at, event_text(at, "deleted", {{"id", gone.text(1)}}), true});
  }
  std::sort(events.begin(), events.end(),
            [](const http::Event& a, const http::Event& b) { return a.version < b.version; });
  return events;
}

std::vector<http::Event> present_jobs(const store::Database& database) {
  Statement rows = database.prepare(fmt::format(
      "SELECT {} FROM jobs WHERE state IN ('queued', 'running') ORDER BY version", job_columns));
  return read_events(database, rows);
}

std::int64_t newest_version(const store::Database& database) {
  Statement row = database.prepare("SELECT version FROM clock");
  row.step();
  return row.integer(0);
}

}  // namespace atelier::studio
