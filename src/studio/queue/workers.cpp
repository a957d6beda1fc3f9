// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/workers.hpp"

#include <fmt/format.h>

#include "studio/commands/needs.hpp"

namespace atelier::studio {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;

/// Words for all that it can.
std::vector<std::string> words(const Abilities& abilities) {
  std::vector<std::string> all;
  if (!abilities.gpus.empty()) all.emplace_back(gpu_word);
  if (!abilities.server.empty()) all.push_back(server_word(abilities.server));
  for (const std::string& model : abilities.models) all.push_back(model_word(model));
  for (const std::string& command : abilities.commands) all.push_back(command_word(command));
  return all;
}

/// The job needs what nobody has, or nobody has all of it at once.
std::string needs_of(const Database& database, std::int64_t job) {
  Statement rows = database.prepare("SELECT what FROM needs WHERE job = ? ORDER BY what");
  rows.bind(1, job);
  std::string text;
  while (rows.step()) text += (text.empty() ? "" : ", ") + shown_word(rows.text(0));
  Statement memory = database.prepare("SELECT memory FROM jobs WHERE number = ?");
  if (memory.bind(1, job).step() && memory.real(0) > 0)
    text += fmt::format("{}{:g} GiB of memory", text.empty() ? "" : ", ", memory.real(0));
  return text;
}

}  // namespace

std::string_view fits_sql() {
  return "(w.memory >= j.memory AND NOT EXISTS (SELECT 1 FROM declined d WHERE d.job = j.number "
         "AND d.worker = w.id) AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.job = j.number AND "
         "NOT EXISTS (SELECT 1 FROM abilities a WHERE a.worker = w.id AND a.what = n.what)))";
}

nlohmann::ordered_json to_json(const WorkerRecord& worker) {
  return {{"id", worker.id},
          {"host", worker.host},
          {"there", worker.there},
          {"jobs", worker.jobs},
          {"gpus", worker.abilities.gpus},
          {"memory", worker.abilities.memory},
          {"models", worker.abilities.models},
          {"commands", worker.abilities.commands},
          {"started", time_text(worker.started)},
          {"seen", time_text(worker.seen)}};
}

void Workers::announce(const WorkerRecord& worker) {
  const double now = records_.now();
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.quick;
  Statement seen = database.prepare("UPDATE workers SET seen = ? WHERE id = ? RETURNING 1");
  const bool known = seen.bind(1, now).bind(2, worker.id).step();
  if (known) {
    seen.run();
    return;
  }
  Transaction transaction(database);
  database.prepare("DELETE FROM workers WHERE seen < ?").bind(1, now - known_seconds).run();
  Statement insert = database.prepare("INSERT INTO workers VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, worker.id).bind(2, worker.host).bind(3, std::int64_t{worker.jobs});
  insert.bind(4, worker.abilities.memory).bind(5, now).bind(6, now);
  insert.bind(7, std::string_view(nlohmann::json(worker.abilities.gpus).dump())).run();
  for (const std::string& word : words(worker.abilities)) {
    database.prepare("INSERT INTO abilities VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(1, worker.id)
        .bind(2, word)
        .run();
  }
  transaction.commit();
}

void Workers::leave(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  records_.quick.prepare("DELETE FROM workers WHERE id = ?").bind(1, id).run();
}

std::vector<WorkerRecord> Workers::list() {
  const double now = records_.now();
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.quick;
  Statement rows = database.prepare(
      "SELECT id, host, jobs, memory, started, seen, gpus FROM workers ORDER BY seen DESC");
  Statement abilities =
      database.prepare("SELECT what FROM abilities WHERE worker = ? ORDER BY what");
  std::vector<WorkerRecord> workers;
  while (rows.step()) {
    WorkerRecord worker{.id = rows.text(0),
                        .host = rows.text(1),
                        .jobs = static_cast<int>(rows.integer(2)),
                        .abilities = {},
                        .started = rows.real(4),
                        .seen = rows.real(5),
                        .there = rows.real(5) > now - there_seconds};
    worker.abilities.memory = rows.real(3);
    worker.abilities.gpus = nlohmann::json::parse(rows.text(6));
    abilities.bind(1, worker.id);
    const std::string command = command_word(""), model = model_word("");
    while (abilities.step()) {
      const std::string word = abilities.text(0);
      if (word.starts_with(command))
        worker.abilities.commands.push_back(word.substr(command.size()));
      if (word.starts_with(model)) worker.abilities.models.push_back(word.substr(model.size()));
    }
    workers.push_back(std::move(worker));
  }
  return workers;
}

std::optional<std::string> Workers::obstacle(std::int64_t job) {
  const double since = records_.now() - there_seconds;
  const std::scoped_lock lock(records_.mutex);
  const Database& database = records_.quick;
  Statement fits = database.prepare(
      fmt::format("SELECT 1 FROM workers w JOIN jobs j ON j.number = ? WHERE w.seen > ? AND {} "
                  "LIMIT 1",
                  fits_sql()));
  if (fits.bind(1, job).bind(2, since).step()) return std::nullopt;
  Statement anybody = database.prepare("SELECT 1 FROM workers WHERE seen > ? LIMIT 1");
  if (!anybody.bind(1, since).step()) return "no worker is there; start one with `atelier worker`.";
  return fmt::format("no worker that is there can do this job, which needs {}; start one that can.",
                     needs_of(database, job));
}

}  // namespace atelier::studio
