// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/job_rows.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

std::vector<OutputRecord> read_outputs(const store::Database& database, std::int64_t job) {
  store::Statement rows = database.prepare(
      "SELECT o.name, o.file_name, f.digest, f.name, f.kind, f.media, f.suffix, f.bytes, f.origin, "
      "f.created, f.number FROM outputs o JOIN files f ON f.digest = o.digest WHERE o.job = ? "
      "ORDER BY o.position");
  rows.bind(1, job);
  std::vector<OutputRecord> outputs;
  while (rows.step()) {
    outputs.push_back({rows.text(0), rows.text(1), read_file_record(rows, 2)});
  }
  return outputs;
}

}  // namespace

Job read_job(const store::Database& database, const store::Statement& row) {
  const auto json = [&](int column) { return nlohmann::json::parse(row.text(column)); };
  const auto whole = [&](int column) { return static_cast<int>(row.integer(column)); };
  Job job;
  job.number = row.integer(0);
  job.id = row.text(1);
  job.version = row.integer(2);
  job.owner = row.text(3);
  job.command = row.text(4);
  job.label = row.text(5);
  job.request = json(6);
  job.request_digest = row.text(7);
  job.priority = whole(8);
  job.state = state_of(row.text(9));
  job.attempts = whole(10);
  job.losses = whole(11);
  job.reused = whole(12) != 0;
  job.stopping = whole(13) == stop_order;
  job.finishing = whole(13) == finish_order;
  job.created = row.real(14);
  job.started = row.real(15);
  job.ended = row.real(16);
  job.progress = json(17);
  job.preview = row.text(18);
  job.text = row.text(19);
  job.report = json(20);
  job.error = json(21);
  job.shared = whole(22) != 0;
  job.checkpoint = row.text(23);
  if (job.state == JobState::done) job.outputs = read_outputs(database, job.number);
  return job;
}

std::optional<Job> find_job(const store::Database& database, const std::string& id) {
  store::Statement row =
      database.prepare(fmt::format("SELECT {} FROM jobs WHERE id = ?", job_columns));
  row.bind(1, id);
  if (!row.step()) return std::nullopt;
  return read_job(database, row);
}

Job known_job(const store::Database& database, const std::string& id) {
  std::optional<Job> job = find_job(database, id);
  if (!job)
    fail(ErrorKind::internal, "job {} is not among the jobs, though it was just there.", id);
  return *std::move(job);
}

FileRecord read_file_record(const store::Statement& row, int first) {
  FileRecord file;
  file.digest = row.text(first);
  file.name = row.text(first + 1);
  file.kind = row.text(first + 2);
  file.media = row.text(first + 3);
  file.suffix = row.text(first + 4);
  file.bytes = row.integer(first + 5);
  file.origin = row.text(first + 6);
  file.created = row.real(first + 7);
  file.number = row.integer(first + 8);
  return file;
}

bool file_in_use(const store::Database& database, const std::string& digest,
                 const std::string& owner) {
  store::Statement used = database.prepare(
      "SELECT 1 FROM outputs o JOIN jobs j ON j.number = o.job WHERE o.digest = ?1 AND (?2 = '' OR "
      "j.owner = ?2) UNION ALL SELECT 1 FROM inputs i JOIN jobs j ON j.number = i.job WHERE "
      "i.digest = ?1 AND j.state IN ('queued', 'running') AND (?2 = '' OR j.owner = ?2) LIMIT 1");
  return used.bind(1, digest).bind(2, owner).step();
}

void insert_file(const store::Database& database, const FileRecord& file) {
  store::Statement insert = database.prepare(
      "INSERT INTO files SELECT ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(number), 0) + 1 FROM files "
      "WHERE true ON CONFLICT DO NOTHING");
  insert.bind(1, file.digest).bind(2, file.name).bind(3, file.kind).bind(4, file.media);
  insert.bind(5, file.suffix).bind(6, file.bytes).bind(7, file.origin).bind(8, file.created);
  insert.run();
}

}  // namespace atelier::studio
