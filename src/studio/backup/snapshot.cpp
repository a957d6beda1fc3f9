// SPDX-License-Identifier: Apache-2.0
#include "studio/backup/snapshot.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <thread>

#include "atelier/base/error.hpp"
#include "studio/files/file_store.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto patience = 120s;
constexpr auto between_tries = 200ms;
constexpr int most_tries_for_files = 5;

/// The names of commands that work on what is kept, as a list of SQL.
std::string home_commands(const std::vector<Command>& all) {
  std::string list = "''";
  for (const Command& command : all) {
    if (command.at_home) list += ", '" + command.name + "'";
  }
  return list;
}

/// When the last job that works on what is kept began; nothing while one runs.
std::optional<double> last_at_home(const store::Database& database, const std::string& home) {
  store::Statement row = database.prepare(
      fmt::format("SELECT count(*) FILTER (WHERE state = 'running'), coalesce(max(started), 0) "
                  "FROM jobs WHERE command IN ({})",
                  home));
  row.step();
  if (row.integer(0) > 0) return std::nullopt;
  return row.real(1);
}

/// Copies the database as it is at one moment, whoever writes into it, and lets its running jobs
/// wait.
void copy_database(const store::Database& database, const fs::path& to) {
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(to.string() + suffix);
  database.prepare("VACUUM INTO ?").bind(1, std::string_view(to.native())).run();
  const store::Database copy(to.string(), records_schema());
  copy.prepare(
          "UPDATE jobs SET state = CASE WHEN stopping = 1 THEN 'cancelled' ELSE 'queued' END, "
          "ended = CASE WHEN stopping = 1 THEN ? ELSE 0 END, started = 0, stopping = 0, lease = "
          "'', lease_until = 0, preview = '', progress = 'null', text = '' WHERE state = 'running'")
      .bind(1, now_seconds())
      .run();
  // Previews and checkpoints are not in a backup.
  copy.run("UPDATE jobs SET preview = '', checkpoint = '' WHERE preview <> '' OR checkpoint <> ''");
}

/// Gives every file that the copy knows a name in the snapshot; the digest of one that is gone.
std::optional<std::string> name_files(const FileStore& store, const fs::path& folder) {
  const store::Database copy((folder / "studio.sqlite").string(), records_schema());
  store::Statement rows = copy.prepare("SELECT digest FROM files");
  while (rows.step()) {
    const std::string digest = rows.text(0);
    const fs::path as = folder / "files" / digest;
    if (fs::exists(as)) continue;
    try {
      store.hand_out(digest, as);
    } catch (const Error&) {
      if (store.has(digest)) throw;
      return digest;
    }
  }
  return std::nullopt;
}

void copy_kept(const fs::path& data, const fs::path& folder) {
  fs::remove_all(folder / "kept");
  std::error_code error;
  if (fs::exists(data / "kept"))
    fs::copy(data / "kept", folder / "kept", fs::copy_options::recursive, error);
  if (error)
    fail(ErrorKind::io, "{} cannot be copied ({}).", (data / "kept").string(), error.message());
}

}  // namespace

void take_snapshot(const Place& place, const fs::path& folder, const std::vector<Command>& all) {
  const store::Database database(place.location(), records_schema());
  const FileStore store(place);
  const std::string home = home_commands(all);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (int tries_for_files = 0;;) {
    if (std::chrono::steady_clock::now() > deadline) {
      fail(ErrorKind::io,
           "jobs of the catalogue, the ledger or the weights run all the time; try again when they "
           "have ended.");
    }
    const std::optional<double> before = last_at_home(database, home);
    if (before) {
      copy_database(database, folder / "studio.sqlite");
      // Whoever deletes one meanwhile takes it out of the database, so the next copy lacks it.
      if (const auto gone = name_files(store, folder)) {
        if (++tries_for_files >= most_tries_for_files) {
          fail(ErrorKind::bad_input,
               "file {} of the studio is missing; if its files lie elsewhere, say where with "
               "--files; else restore it from an earlier backup, or delete the job that made it.",
               *gone);
        }
        continue;
      }
      copy_kept(place.data, folder);
      if (last_at_home(database, home) == before) return;
    }
    std::this_thread::sleep_for(between_tries);
  }
}

}  // namespace atelier::studio
